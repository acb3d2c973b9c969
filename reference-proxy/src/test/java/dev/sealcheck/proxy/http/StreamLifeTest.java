package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.proxy.relay.NodeLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a stream whose client leaves, whose node is silent, or whose reader is slow. */
@Timeout(60)
class StreamLifeTest {

  private static final Duration LONG = Duration.ofSeconds(50);

  private ProxyFixture proxy;

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  void stopsTheNodeAndChargesTheUsageItStillSends() throws Exception {
    proxy = fixture(LONG, LONG, LONG);
    CountDownLatch stopped = new CountDownLatch(1);
    proxy.node.answers(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/v1/stop-streamer")) {
            stopped.countDown();
            ScriptedNode.answer(exchange, 200, "\"OK\"".getBytes(UTF_8));
            return;
          }
          try (OutputStream output = ScriptedNode.stream(exchange)) {
            ScriptedNode.event(output, proxy.node.chunk());
            await(stopped);
            ScriptedNode.event(output, proxy.node.whole(ScriptedNode.usage(42)));
          }
        });
    leaveAfterTheFirstEvent();
    eventually(() -> proxy.used() == 42 && proxy.reserved() == 0);
    ScriptedNode.Arrival stop = proxy.node.arrivals.get(1);
    String id = stop.headers().getFirst("X-request-id");
    assertThat(id).isEqualTo(proxy.node.arrivals.get(0).headers().getFirst("X-request-id"));
    SignatureEnvelope signature = SignatureEnvelope.parse(stop.headers().getFirst("X-signature"));
    assertThat(signature.address()).isEqualTo(proxy.proxyKey.address());
    assertThat(
            signature.verifies(Blake2b256.of("stop-streamer:".getBytes(UTF_8), id.getBytes(UTF_8))))
        .isTrue();
  }

  @Test
  void chargesTheEventsItPassedOnWhereNoUsageComes() throws Exception {
    proxy = fixture(LONG, LONG, Duration.ofMillis(100));
    CountDownLatch over = new CountDownLatch(1);
    proxy.node.answers(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/v1/stop-streamer")) {
            ScriptedNode.answer(exchange, 404, new byte[] {'x'});
            return;
          }
          try (OutputStream output = ScriptedNode.stream(exchange)) {
            ScriptedNode.event(output, proxy.node.chunk());
            await(over);
          }
        });
    leaveAfterTheFirstEvent();
    eventually(() -> proxy.used() == 1 && proxy.reserved() == 0);
    over.countDown();
  }

  @Test
  void fillsSilenceWithCommentsAndCutsANodeThatIsSilentForTooLong() throws Exception {
    proxy = fixture(Duration.ofMillis(20), Duration.ofMillis(1500), LONG);
    CountDownLatch over = new CountDownLatch(1);
    proxy.node.answers(
        exchange -> {
          try (OutputStream output = ScriptedNode.stream(exchange)) {
            ScriptedNode.event(output, proxy.node.chunk());
            await(over);
          }
        });
    boolean cut = false;
    StringBuilder seen = new StringBuilder();
    try (InputStream stream = open()) {
      for (int b = stream.read(); b >= 0; b = stream.read()) {
        seen.append((char) b);
      }
    } catch (IOException unclean) {
      cut = true;
    }
    over.countDown();
    assertThat(cut).isTrue();
    assertThat(seen.toString()).contains("data: {").contains(": keep-alive\n\n");
    eventually(() -> proxy.used() == 0 && proxy.reserved() == 0);
  }

  @Test
  void blocksTheNodeWhileItsReaderStops() throws Exception {
    proxy = fixture(LONG, LONG, Duration.ofMillis(100));
    long[] written = new long[1];
    byte[] chunk = proxy.node.chunk();
    CountDownLatch blocked = new CountDownLatch(1);
    proxy.node.answers(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/v1/stop-streamer")) {
            ScriptedNode.answer(exchange, 404, new byte[] {'x'});
            return;
          }
          try (OutputStream output = ScriptedNode.stream(exchange)) {
            // 500 MB, of which only what the buffers on the way hold may leave.
            while (written[0] < 500_000_000L) {
              ScriptedNode.event(output, chunk);
              synchronized (written) {
                written[0] += chunk.length;
              }
            }
          } finally {
            blocked.countDown();
          }
        });
    try (InputStream stream = open()) {
      assertThat(stream.read()).isPositive();
      // The node is blocked once a full second brings nothing more, whatever the machine does else.
      long before = -1;
      for (long now = count(written); now != before; now = count(written)) {
        before = now;
        assertThat(blocked.await(1, TimeUnit.SECONDS)).isFalse();
      }
      assertThat(before).isLessThan(16 * 1024 * 1024);
    }
    assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
    eventually(() -> proxy.reserved() == 0);
  }

  private static long count(long[] written) {
    synchronized (written) {
      return written[0];
    }
  }

  private ProxyFixture fixture(Duration keepAlive, Duration idle, Duration lastUsage)
      throws Exception {
    return new ProxyFixture(
        keepAlive, new NodeLimits(Duration.ofSeconds(5), LONG, idle, lastUsage, LONG, 100_000));
  }

  private void leaveAfterTheFirstEvent() throws Exception {
    try (InputStream stream = open()) {
      assertThat(new String(stream.readNBytes(7), UTF_8)).isEqualTo("data: {");
    }
  }

  private InputStream open() throws Exception {
    byte[] json = StrictJson.write(ProxyFixture.envelope(proxy.lock(), true));
    return proxy
        .http
        .send(
            proxy
                .request(
                    ConfidentialPath.CHAT_COMPLETIONS.path(), Optional.of(ProxyFixture.TOKEN), json)
                .build(),
            HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(40, TimeUnit.SECONDS)) {
        throw new IOException("waited in vain");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
      assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
