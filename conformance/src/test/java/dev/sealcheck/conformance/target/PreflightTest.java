package dev.sealcheck.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.NotRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {

  private final SuiteClock clock = SuiteClock.system();
  private final Messenger messenger = new Messenger(clock);
  private final List<String> authorizations = new ArrayList<>();
  private HttpServer server;

  @AfterEach
  void stop() {
    messenger.close();
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void takesTheListedModelsInTheirOrder() throws Exception {
    Models models = ask(200, "{\"data\":[{\"id\":\"b\"},{\"id\":7},{},{\"id\":\"a\"}]}");

    assertThat(models.names()).containsExactly("b", "a");
    assertThat(authorizations).containsExactly("Bearer sk-test");
  }

  @ParameterizedTest
  @CsvSource({
    "400, {}, answered 400",
    "200, {}, answered 200 without a model",
    "200, <html>, answered 200 without a model",
    "404, <html>, answered 404"
  })
  void goesOnWithoutModels(int status, String body, String seen) throws Exception {
    Models models = ask(status, body);

    assertThatThrownBy(models::chatModel)
        .isInstanceOf(NotRun.class)
        .hasMessage(
            "the target lists no models (GET /v1/models " + seen + "); name one with --model");
  }

  @Test
  void isUnreachableWhereNothingListens() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    assertThatThrownBy(() -> ask(URI.create("http://127.0.0.1:" + port)))
        .isInstanceOf(UnreachableException.class)
        .hasMessageStartingWith("no HTTP answer from http://127.0.0.1:" + port);
  }

  private Models ask(int status, String body) throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/models",
        exchange -> {
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return ask(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private Models ask(URI proxy) throws UnreachableException, IOException {
    Deadline deadline = Deadline.in(clock, Duration.ofSeconds(10));
    return Preflight.ask(messenger, proxy, new BearerToken("sk-test"), deadline);
  }
}
