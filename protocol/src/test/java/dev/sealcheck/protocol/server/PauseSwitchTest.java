package dev.sealcheck.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ErrorCode;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PauseSwitchTest {

  private static final ServerLimits LIMITS =
      new ServerLimits(1000, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5));
  private static final String REQUEST =
      "POST /work HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + "Content-Length: 2\r\n\r\n{}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final PauseSwitch pause = new PauseSwitch();
  private final AtomicInteger done = new AtomicInteger();
  private final WireServer server =
      WireServer.start(
          "127.0.0.1",
          0,
          List.of(
              Route.openPost(
                  "/work",
                  context -> {
                    byte[] body = Json.body(context, LIMITS);
                    pause.pass(context);
                    done.incrementAndGet();
                    Json.answer(context, 200, body);
                  })),
          context -> {},
          LIMITS,
          Timekeeper.system());

  @AfterEach
  void stop() {
    pause.close();
    server.close();
  }

  @Test
  void letsEverythingPassAtFirst() throws Exception {
    assertThat(send().get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void holdsRequestsBackUntilItIsOver() throws Exception {
    pause.set(true);
    CompletableFuture<HttpResponse<byte[]>> first = send();
    CompletableFuture<HttpResponse<byte[]>> second = send();
    awaitWaiting(2);
    assertThat(done.get()).isZero();
    pause.set(false);
    assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(second.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(send().get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void forgetsACallerWhoLeavesMeanwhile() throws Exception {
    pause.set(true);
    try (Socket stays = RawHttp.send(server.port(), REQUEST)) {
      try (Socket leaves = RawHttp.send(server.port(), REQUEST)) {
        awaitWaiting(2);
        assertThat(leaves.isConnected()).isTrue();
      }
      awaitWaiting(1);
      pause.set(false);
      assertThat(stays.getInputStream().read()).isEqualTo('H');
    }
    assertThat(done.get()).isEqualTo(1);
  }

  @Test
  void refusesWhatWaitsWhenTheServerStops() throws Exception {
    pause.set(true);
    CompletableFuture<HttpResponse<byte[]>> held = send();
    awaitWaiting(1);
    pause.close();
    assertThat(held.get(10, TimeUnit.SECONDS).body())
        .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE.body());
    assertThat(done.get()).isZero();
  }

  private void awaitWaiting(int count) {
    while (pause.waiting() != count) {
      Thread.onSpinWait();
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> send() {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/work"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }
}
