package dev.sealcheck.protocol.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.server.Route;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.StrictJson;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ListenersTest {

  private static final ServerLimits LIMITS =
      new ServerLimits(1000, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5));
  private static final Timekeeper TIME = Timekeeper.system();

  private final HttpClient client = HttpClient.newHttpClient();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final List<Boolean> switched = new ArrayList<>();
  private final List<Route> routes =
      List.of(new ControlRoutes(LIMITS).switching("/control/engine", "up", switched::add));

  @TempDir Path folder;

  @Test
  void areOffUnlessAskedFor() throws Exception {
    try (Listeners none = start()) {
      assertThat(described(none)).isEmpty();
    }
  }

  @Test
  void makeATokenThatOnlyItsOwnerCanRead() throws Exception {
    Path file = folder.resolve("token");
    try (Listeners listeners = start("--control-port=0", "--control-token-file=" + file)) {
      ObjectNode ready = described(listeners);
      assertThat(ready.get("control_token_file").textValue()).isEqualTo(file.toString());
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.readString(file).trim()).hasSizeGreaterThanOrEqualTo(43);
      assertThat(URI.create(ready.get("control").textValue()).getHost()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void takeTheTokenOfAFileThatIsThere() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "a-token-of-my-own-choice\n");
    try (Listeners listeners = start("--control-port=0", "--control-token-file=" + file)) {
      HttpResponse<String> answer =
          control(listeners, "Bearer a-token-of-my-own-choice", "{\"up\":false}");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"up\":false}");
      assertThat(switched).containsExactly(false);
      assertThat(control(listeners, "Bearer a-token-of-my-own-choicf", "{\"up\":true}").body())
          .isEqualTo(new String(ErrorCode.AUTH_ERROR.body(), UTF_8));
      assertThat(control(listeners, "Basic a-token-of-my-own-choice", "{\"up\":true}").statusCode())
          .isEqualTo(401);
      assertThat(switched).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"up\":\"true\"}", "{\"up\":1}", "{\"up\":null}", "{"})
  void takeNothingButTrueOrFalse(String body) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "a-token-of-my-own-choice");
    try (Listeners listeners = start("--control-port=0", "--control-token-file=" + file)) {
      assertThat(control(listeners, "Bearer a-token-of-my-own-choice", body).statusCode())
          .isEqualTo(400);
      assertThat(switched).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "short"})
  void refuseAFileThatHoldsNoToken(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), content);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> start("--control-port=0", "--control-token-file=" + file))
        .withMessageContaining(file.toString());
  }

  @Test
  void takeNoRouteThatAnybodyMayCall() {
    Route open = Route.openGet("/open", context -> Json.answer(context, 200, new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ControlListener.start(
                    0, folder.resolve("token"), List.of(open), LIMITS, TIME, new SecureRandom()));
  }

  @Test
  void showWhatIsCountedAndTheMemoryOfTheMachine() throws Exception {
    RequestMetrics requests = new RequestMetrics(registry, "test");
    requests.began();
    requests.began();
    requests.ended("/path", "OK", 1_000_000);
    try (Listeners listeners = start("--metrics-port=0")) {
      URI url = URI.create(described(listeners).get("metrics").textValue());
      assertThat(url.getHost()).isEqualTo("127.0.0.1");
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
      assertThat(answer.body())
          .contains("test_requests_total{code=\"OK\",path=\"/path\"} 1")
          .contains("test_requests_in_flight 1")
          .contains("test_request_seconds_count{path=\"/path\"} 1")
          .contains("jvm_memory_used_bytes{area=\"heap\"}");
    }
  }

  private Listeners start(String... options) throws IOException {
    ListenerOptions parsed = CommandLine.populateCommand(new ListenerOptions(), options);
    return parsed.start(routes, LIMITS, TIME, new SecureRandom(), registry);
  }

  private static ObjectNode described(Listeners listeners) {
    ObjectNode ready = StrictJson.newObject();
    listeners.describe(ready);
    return ready;
  }

  private HttpResponse<String> control(Listeners listeners, String authorization, String body)
      throws Exception {
    URI url = URI.create(described(listeners).get("control").textValue());
    return client.send(
        HttpRequest.newBuilder(url.resolve("/control/engine"))
            .header("Content-Type", "application/json")
            .header("Authorization", authorization)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
