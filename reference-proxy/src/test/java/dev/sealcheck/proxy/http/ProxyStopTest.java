package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.proxy.account.Books;
import dev.sealcheck.proxy.relay.NodeLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of running and of new requests while the proxy stops. */
@Timeout(60)
class ProxyStopTest {

  private static final Duration LONG = Duration.ofSeconds(50);
  private static final int ROUNDS = 8;
  private static final Refusal STOPPING = new Refusal(503, "SERVICE_UNAVAILABLE");

  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final List<CompletableFuture<HttpResponse<byte[]>>> streams = new ArrayList<>();
  private final List<CompletableFuture<HttpResponse<byte[]>>> wholes = new ArrayList<>();
  private ProxyFixture proxy;
  private HttpRequest health;

  @AfterEach
  void stop() {
    mayEnd.countDown();
    proxy.close();
  }

  @Test
  void letsRunningRequestsFinishAndRefusesNewOnes() throws Exception {
    start(LONG);
    CompletableFuture<Void> stop = CompletableFuture.runAsync(proxy::stopProxy);
    HttpResponse<byte[]> refused = health();
    while (refused.statusCode() == 200) {
      refused = health();
    }
    STOPPING.assertIs(refused);
    for (Form form : Form.all()) {
      STOPPING.assertIs(
          proxy.post(
              form.path().path(),
              Optional.of(ProxyFixture.TOKEN),
              StrictJson.write(form.envelope(1))));
    }
    assertThat(stop).isNotDone();
    assertThat(streams).noneMatch(CompletableFuture::isDone);
    assertThat(wholes).noneMatch(CompletableFuture::isDone);

    mayEnd.countDown();
    for (CompletableFuture<HttpResponse<byte[]>> whole : wholes) {
      assertThat(whole.get(40, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    for (CompletableFuture<HttpResponse<byte[]>> stream : streams) {
      HttpResponse<byte[]> answer = stream.get(40, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(new String(answer.body(), UTF_8).split("data: ", -1)).hasSize(3);
    }
    stop.get(40, TimeUnit.SECONDS);
    assertThatExceptionOfType(ConnectException.class).isThrownBy(this::health);
    long textUnits = (Form.all().size() - 1L) * ScriptedNode.UNITS;
    assertThat(proxy.used())
        .isEqualTo(ROUNDS * (textUnits + ConfidentialPath.IMAGES.defaultUnits()));
    assertNothingIsHeld();
  }

  @Test
  void abortsWhatRunsLongerThanTheLimitAndChargesNothing() throws Exception {
    start(Duration.ofMillis(300));
    proxy.stopProxy();
    for (CompletableFuture<HttpResponse<byte[]>> stream : streams) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> stream.get(40, TimeUnit.SECONDS))
          .withCauseInstanceOf(IOException.class);
    }
    for (CompletableFuture<HttpResponse<byte[]>> whole : wholes) {
      assertFails(whole);
    }
    while (isHeld()) {
      Thread.onSpinWait();
    }
    assertThat(proxy.used()).isZero();
    assertNothingIsHeld();
  }

  /** Runs {@link #ROUNDS} requests of each form, all of which have reached the node. */
  private void start(Duration stopTime) throws Exception {
    proxy = new ProxyFixture(LONG, stopTime, new NodeLimits(LONG, LONG, LONG, LONG, LONG, 100_000));
    health = HttpRequest.newBuilder(proxy.uri("/health")).build();
    List<Form> forms = Form.all();
    CountDownLatch arrived = new CountDownLatch(ROUNDS * forms.size());
    proxy.node.answers(
        exchange -> {
          if (!exchange.getRequestHeaders().containsKey("X-Request-Id")) {
            arrived.countDown();
            await();
            proxy.node.answerWell(exchange);
            return;
          }
          try (OutputStream output = ScriptedNode.stream(exchange)) {
            ScriptedNode.event(output, proxy.node.chunk());
            arrived.countDown();
            await();
            ScriptedNode.event(output, proxy.node.whole(ScriptedNode.usage(ScriptedNode.UNITS)));
          }
        });
    for (int round = 0; round < ROUNDS; round++) {
      for (Form form : forms) {
        Visitor visitor = new Visitor(proxy, form);
        (form.stream() ? streams : wholes)
            .add(
                proxy.http.sendAsync(
                    visitor.request().build(), HttpResponse.BodyHandlers.ofByteArray()));
      }
    }
    assertThat(arrived.await(40, TimeUnit.SECONDS)).isTrue();
  }

  private void await() throws IOException {
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private HttpResponse<byte[]> health() throws Exception {
    return proxy.http.send(health, HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Nothing of a whole answer is out yet, so there may still be time to say that it failed. */
  private static void assertFails(CompletableFuture<HttpResponse<byte[]>> whole) {
    try {
      assertThat(whole.orTimeout(40, TimeUnit.SECONDS).join().statusCode()).isEqualTo(500);
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(IOException.class);
    }
  }

  private boolean isHeld() {
    return proxy.accounts.books().stacks().stream()
        .anyMatch(stack -> stack.openReservations() > 0 || stack.reservedUnits() > 0);
  }

  private void assertNothingIsHeld() {
    assertThat(proxy.accounts.books().stacks())
        .allSatisfy(
            stack ->
                assertThat(stack)
                    .extracting(
                        Books.StackEntry::reservedUnits,
                        Books.StackEntry::liveLocks,
                        Books.StackEntry::openReservations)
                    .containsExactly(0L, 0, 0));
  }
}
