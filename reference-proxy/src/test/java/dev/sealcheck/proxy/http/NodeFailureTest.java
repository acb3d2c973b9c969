package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.proxy.relay.NodeLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of a request whose node fails, docs/PROTOCOL.md section 9: 502, 504 or 500, or a
 * body that is cut once it has begun; the lock is gone, nothing is charged, and nothing is sent
 * twice.
 */
@Timeout(60)
class NodeFailureTest {

  private static final Refusal INTERNAL_ERROR = new Refusal(500, "INTERNAL_ERROR");
  private static final Refusal NODE_UNAVAILABLE = new Refusal(502, "NODE_UNAVAILABLE");
  private static final Refusal NODE_TIMEOUT = new Refusal(504, "NODE_TIMEOUT");
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final int MAX_ANSWER_BYTES = 100_000;

  private final CountDownLatch over = new CountDownLatch(1);

  /** Has a permit once the client has the head of the stream. */
  private final Semaphore headSeen = new Semaphore(0);

  private ProxyFixture proxy;

  @AfterEach
  void stop() {
    over.countDown();
    proxy.close();
  }

  @Test
  void answers502WhereNothingListens() throws Exception {
    proxy = fixture(LONG, LONG);
    List<Visitor> visitors = new ArrayList<>();
    for (Form form : Form.all()) {
      visitors.add(new Visitor(proxy, form));
    }
    proxy.node.close();
    for (Visitor visitor : visitors) {
      NODE_UNAVAILABLE.assertIs(visitor.send());
      visitor.assertLockGone();
    }
    assertThat(proxy.node.arrivals).isEmpty();
  }

  @Test
  void answers502WhereTheConnectionClosesBeforeTheHead() throws Exception {
    proxy = fixture(LONG, LONG);
    proxy.node.answers(
        exchange -> {
          throw new IOException("closed on purpose");
        });
    refuses(Form.all(), NODE_UNAVAILABLE);
  }

  @Test
  void answers504WhereNoHeadComesInTime() throws Exception {
    proxy = fixture(SHORT, LONG);
    proxy.node.answers(exchange -> hold());
    refuses(Form.all(), NODE_TIMEOUT);
  }

  @Test
  void answers500WhereAWholeAnswerStallsAfterItsHead() throws Exception {
    proxy = fixture(LONG, SHORT);
    for (int status : new int[] {200, 400, 429}) {
      proxy.node.answers(
          exchange -> {
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hold();
          });
      refuses(Form.whole(), INTERNAL_ERROR);
    }
  }

  @Test
  void answers500Or502WhereAWholeAnswerBreaksOff() throws Exception {
    proxy = fixture(LONG, LONG);
    for (int status : new int[] {200, 400, 429}) {
      proxy.node.answers(
          exchange -> {
            exchange.sendResponseHeaders(status, 100);
            exchange.getResponseBody().write('{');
            throw new IOException("cut on purpose");
          });
      for (Form form : Form.whole()) {
        Visitor visitor = new Visitor(proxy, form);
        HttpResponse<byte[]> answer = visitor.send();
        // The proxy's client may learn of the end before it hands out the head.
        (answer.statusCode() == 502 ? NODE_UNAVAILABLE : INTERNAL_ERROR).assertIs(answer);
        visitor.assertLockReleased();
      }
    }
  }

  @Test
  void answers500ToAWholeAnswerThatIsNotTheNodes() throws Exception {
    proxy = fixture(LONG, LONG);
    for (Map.Entry<String, byte[]> answer : badMessages().entrySet()) {
      proxy.node.answers(exchange -> ScriptedNode.answer(exchange, 200, answer.getValue()));
      refuses(Form.whole(), INTERNAL_ERROR);
    }
    byte[] noUsage = proxy.node.chunk();
    proxy.node.answers(exchange -> ScriptedNode.answer(exchange, 200, noUsage));
    refuses(
        Form.whole().stream().filter(form -> form.path() != ConfidentialPath.IMAGES).toList(),
        INTERNAL_ERROR);
  }

  @Test
  void cutsAStreamThatIsNotTheNodesAtItsFirstEventOrLater() throws Exception {
    proxy = fixture(LONG, LONG);
    for (Map.Entry<String, byte[]> answer : badMessages().entrySet()) {
      for (int goodEvents : new int[] {0, 2}) {
        proxy.node.answers(
            exchange -> {
              try (OutputStream output = ScriptedNode.stream(exchange)) {
                for (int i = 0; i < goodEvents; i++) {
                  ScriptedNode.event(output, proxy.node.chunk());
                }
                ScriptedNode.event(output, answer.getValue());
                ScriptedNode.event(output, proxy.node.whole(ScriptedNode.usage(5)));
              }
            });
        cuts(answer.getKey(), goodEvents);
      }
    }
  }

  @Test
  void cutsAStreamThatBreaksOffOrEndsWithoutUsage() throws Exception {
    proxy = fixture(LONG, LONG);
    for (int goodEvents : new int[] {0, 1}) {
      proxy.node.answers(exchange -> events(exchange, goodEvents).close());
      cuts("no usage", goodEvents);
      proxy.node.answers(
          exchange -> {
            events(exchange, goodEvents).flush();
            // Earlier, the proxy could learn of the cut before it has given out the head.
            headSeen.acquireUninterruptibly();
            throw new IOException("cut on purpose");
          });
      cuts("cut", goodEvents);
    }
  }

  @Test
  void cutsAStreamThatStalls() throws Exception {
    proxy = fixture(LONG, SHORT);
    proxy.node.answers(
        exchange -> {
          events(exchange, 0).flush();
          hold();
        });
    cuts("stalled", 0);
  }

  private OutputStream events(HttpExchange exchange, int count) throws IOException {
    OutputStream output = ScriptedNode.stream(exchange);
    for (int i = 0; i < count; i++) {
      ScriptedNode.event(output, proxy.node.chunk());
    }
    return output;
  }

  private void refuses(List<Form> forms, Refusal refusal) throws Exception {
    for (Form form : forms) {
      Visitor visitor = new Visitor(proxy, form);
      refusal.assertIs(visitor.send());
      visitor.assertLockReleased();
    }
  }

  /**
   * The head is there, but the body never ends, and holds none but the good events. This client may
   * drop events that it has not handed out when it learns of the cut.
   */
  private void cuts(String fault, int goodEvents) throws Exception {
    for (Form form : Form.streamed()) {
      Visitor visitor = new Visitor(proxy, form);
      StringBuilder seen = new StringBuilder();
      headSeen.drainPermits();
      assertThatExceptionOfType(IOException.class).as(fault).isThrownBy(() -> read(visitor, seen));
      assertThat(seen.toString().split("data: ", -1))
          .as(fault)
          .hasSizeLessThanOrEqualTo(goodEvents + 1);
      visitor.assertLockReleased();
    }
  }

  private void read(Visitor visitor, StringBuilder seen) throws Exception {
    HttpResponse<InputStream> answer =
        proxy.http.send(visitor.request().build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    headSeen.release();
    try (InputStream body = answer.body()) {
      for (int b = body.read(); b >= 0; b = body.read()) {
        seen.append((char) b);
      }
    }
  }

  private Map<String, byte[]> badMessages() throws Exception {
    byte[] good = proxy.node.whole(ScriptedNode.usage(5));
    ObjectNode otherHash = StrictJson.parseObject("answer", good);
    otherHash.put("response_hash", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    ObjectNode noSignature = StrictJson.parseObject("answer", good);
    noSignature.remove("signature");
    SigningKey foreign = SigningKey.generateEd25519(new SecureRandom());
    Map<String, byte[]> bad = new LinkedHashMap<>();
    bad.put("foreign signer", ScriptedNode.signed(foreign, Optional.of(ScriptedNode.usage(5))));
    bad.put("another hash", StrictJson.write(otherHash));
    bad.put("no signature", StrictJson.write(noSignature));
    bad.put("empty object", "{}".getBytes(UTF_8));
    bad.put("no json", "marker".getBytes(UTF_8));
    bad.put("too large", ("{\"x\":\"" + "x".repeat(MAX_ANSWER_BYTES) + "\"}").getBytes(UTF_8));
    return bad;
  }

  private void hold() throws IOException {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static ProxyFixture fixture(Duration firstByte, Duration idle) throws Exception {
    return new ProxyFixture(
        LONG, new NodeLimits(LONG, firstByte, idle, LONG, LONG, MAX_ANSWER_BYTES));
  }
}
