package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} tells scripts, and that it leaves nothing behind. */
class ServeIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void namesControlListenersThatTakeTheirTokens() throws Exception {
    Path readyFile = directory.resolve("ready.json");
    try (SuiteProcess suite =
        SuiteProcess.start(directory, "serve", "--control", "--ready-file", readyFile.toString())) {
      suite.awaitLine("Ctrl-C");
      JsonNode control = new ObjectMapper().readTree(readyFile.toFile()).path("control");

      for (String part : List.of("proxy", "node")) {
        URI pause = URI.create(control.path(part).path("url").asText() + "/control/pause");
        Path tokenFile = Path.of(control.path(part).path("token_file").asText());
        assertThat(post(pause, Files.readString(tokenFile).strip())).as(part).isEqualTo(200);
        assertThat(post(pause, "no-such-token")).as(part).isEqualTo(401);
      }

      suite.handle().destroy();
      suite.handle().onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(readyFile).doesNotExist();
      assertThat(SuiteProcess.temporary(directory)).isEmptyDirectory();
    }
  }

  private static int post(URI address, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"paused\":false}"))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
