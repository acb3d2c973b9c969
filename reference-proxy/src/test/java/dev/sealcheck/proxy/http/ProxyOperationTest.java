package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.listener.ControlRoutes;
import dev.sealcheck.protocol.listener.ListenerOptions;
import dev.sealcheck.protocol.listener.Listeners;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class ProxyOperationTest {

  private static final ServerLimits LIMITS =
      new ServerLimits(
          1_000, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5));
  private static final String CHAT = "path=\"/v1/confidential/chat/completions\"";

  @TempDir Path folder;
  private final ObjectNode ready = StrictJson.newObject();
  private ProxyFixture proxy;
  private Listeners listeners;

  @BeforeEach
  void start() throws Exception {
    proxy = new ProxyFixture();
    listeners =
        CommandLine.populateCommand(
                new ListenerOptions(),
                "--control-port=0",
                "--control-token-file=" + folder.resolve("token"),
                "--metrics-port=0")
            .start(
                List.of(new ControlRoutes(LIMITS).pause(proxy.pause)),
                LIMITS,
                Timekeeper.system(),
                new SecureRandom(),
                proxy.metrics.registry());
    listeners.describe(ready);
  }

  @AfterEach
  void stop() {
    proxy.close();
    listeners.close();
  }

  @Test
  void holdsConfidentialRequestsBackWhileItIsPaused() throws Exception {
    long stack = proxy.lock();
    assertThat(pause(true).body()).isEqualTo("{\"paused\":true}");
    CompletableFuture<HttpResponse<byte[]>> held =
        proxy.http.sendAsync(
            proxy
                .request(
                    ConfidentialPath.CHAT_COMPLETIONS.path(),
                    Optional.of(ProxyFixture.TOKEN),
                    StrictJson.write(ProxyFixture.envelope(stack, false)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    while (proxy.pause.waiting() != 1) {
      Thread.onSpinWait();
    }
    assertThat(proxy.lock()).isEqualTo(stack);
    assertThat(held).isNotDone();
    assertThat(proxy.node.arrivals).isEmpty();
    assertThat(pause(false).statusCode()).isEqualTo(200);
    assertThat(held.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void countsRequestsByPathAndOutcomeAndShowsTheUnits() throws Exception {
    assertThat(proxy.chat(ProxyFixture.envelope(proxy.lock(), false)).statusCode()).isEqualTo(200);
    long stack = proxy.lock();
    assertThat(proxy.chat(ProxyFixture.envelope(stack + 1, false)).statusCode()).isEqualTo(425);
    assertThat(
            metricsWith(
                "sealcheck_proxy_requests_total{code=\"OK\",path=\"/v1/nodes/lock\"} 2",
                "sealcheck_proxy_requests_total{code=\"OK\"," + CHAT + "} 1",
                "sealcheck_proxy_requests_total{code=\"UNAVAILABLE_STACK\"," + CHAT + "} 1",
                "sealcheck_proxy_requests_in_flight 0"))
        .contains("sealcheck_proxy_units_used 10")
        .contains("sealcheck_proxy_units_reserved 8192")
        .contains("sealcheck_proxy_locks 1")
        .contains("sealcheck_proxy_requests_charging 0")
        .containsPattern("jvm_memory_used_bytes\\{area=\"heap\"\\} [1-9]")
        .doesNotContain("sealcheck_proxy_node_errors_total{");
  }

  @Test
  void countsWhatNodesGetWrong() throws Exception {
    proxy.node.answers(
        exchange -> ScriptedNode.answer(exchange, 500, "node-marker".getBytes(UTF_8)));
    assertThat(proxy.chat(ProxyFixture.envelope(proxy.lock(), false)).statusCode()).isEqualTo(500);
    proxy.node.answers(
        exchange -> {
          try (OutputStream output = ScriptedNode.stream(exchange)) {
            ScriptedNode.event(output, "{}".getBytes(UTF_8));
          }
        });
    HttpResponse<InputStream> cut =
        proxy.http.send(
            proxy
                .request(
                    ConfidentialPath.CHAT_COMPLETIONS.path(),
                    Optional.of(ProxyFixture.TOKEN),
                    StrictJson.write(ProxyFixture.envelope(proxy.lock(), true)))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(cut.statusCode()).isEqualTo(200);
    assertThat(
            metricsWith(
                "sealcheck_proxy_requests_total{code=\"CUT\"," + CHAT + "} 1",
                "sealcheck_proxy_node_errors_total{code=\"INTERNAL_ERROR\"} 1",
                "sealcheck_proxy_node_errors_total{code=\"CUT\"} 1"))
        .doesNotContain("marker");
  }

  @Test
  void showsNothingThatWasSentAndNothingOnThePublicPort() throws Exception {
    proxy.chat(ProxyFixture.envelope(proxy.lock(), false));
    HttpRequest odd =
        proxy
            .request("/path-marker?query-marker=1", Optional.of("token-marker"), new byte[0])
            .header("X-Header-Marker", "header-marker")
            .build();
    assertThat(proxy.http.send(odd, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(404);
    assertThat(
            proxy.post("/v1/nodes/lock", Optional.of("token-marker"), "{}".getBytes(UTF_8)).body())
        .isEqualTo(ErrorCode.AUTH_ERROR.body());
    for (String path : List.of("/metrics", "/control/pause")) {
      HttpRequest request = HttpRequest.newBuilder(proxy.uri(path)).build();
      assertThat(proxy.http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body())
          .isEqualTo(ErrorCode.NOT_FOUND.body());
    }
    assertThat(
            metricsWith(
                "sealcheck_proxy_requests_total{code=\"NOT_FOUND\",path=\"other\"} 3",
                "sealcheck_proxy_requests_total{code=\"AUTH_ERROR\",path=\"/v1/nodes/lock\"} 1"))
        .doesNotContain("marker")
        .doesNotContain(ProxyFixture.TOKEN)
        .doesNotContain(ProxyFixture.CHAT)
        .doesNotContain(proxy.proxyKey.address().text())
        .doesNotContain(Files.readString(folder.resolve("token")).trim());
  }

  private HttpResponse<String> pause(boolean paused) throws Exception {
    URI url = URI.create(ready.get("control").textValue()).resolve("/control/pause");
    return proxy.http.send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + Files.readString(folder.resolve("token")).trim())
            .POST(HttpRequest.BodyPublishers.ofString("{\"paused\":" + paused + "}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /**
   * The metrics as soon as they hold these texts: requests are counted when they are over, which is
   * a little after their answer has arrived.
   */
  private String metricsWith(String... texts) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ready.get("metrics").textValue())).build();
    while (true) {
      String metrics = proxy.http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      if (Stream.of(texts).allMatch(metrics::contains)) {
        return metrics;
      }
    }
  }
}
