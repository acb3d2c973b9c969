package dev.sealcheck.conformance.engine;

import static dev.sealcheck.conformance.engine.EngineClient.MARKER;
import static dev.sealcheck.conformance.engine.EngineClient.chatStream;
import static dev.sealcheck.conformance.engine.EngineClient.line;
import static dev.sealcheck.conformance.engine.EngineClient.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.Hung;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedStreamTest {
  private final PacedStream paced = new PacedStream();
  private ScriptedEngine engine;
  private EngineScript script;
  private EngineClient client;

  @BeforeEach
  void start() throws IOException {
    engine = ScriptedEngine.start("127.0.0.1", 0);
    script = engine.script(MARKER).does(paced);
    client = new EngineClient(engine.base());
  }

  @AfterEach
  void stop() {
    engine.close();
    assertThat(engine.failures()).isEmpty();
  }

  private InputStream open() throws Exception {
    InputStream body = client.open(EngineEndpoint.CHAT, chatStream()).body();
    assertThat(paced.awaitOpened(soon()).marker()).contains(MARKER);
    return body;
  }

  private static String event(InputStream body) throws IOException {
    String event = line(body);
    assertThat(line(body)).isEmpty();
    return event;
  }

  @Test
  void sendsAnEventOnlyWhenItIsPushed() throws Exception {
    try (InputStream body = open()) {
      assertThat(paced.writtenBytes()).isZero();
      paced.pushText("one");
      assertThat(event(body)).contains("\"role\":\"assistant\",\"content\":\"one\"");
      paced.pushText(" two");
      assertThat(event(body)).contains("\"content\":\" two\"").doesNotContain("role");
      paced.push(StrictJson.object().put("x", 1));
      assertThat(event(body)).isEqualTo("data: {\"x\":1}");
      paced.pushRaw(Bytes.utf8(": comment\n"));
      assertThat(line(body)).isEqualTo(": comment");
      paced.pushFinish().pushUsage();
      assertThat(event(body)).contains("\"finish_reason\":\"stop\"");
      assertThat(event(body)).contains("\"completion_tokens\":2", "\"choices\":[]");
      paced.pushUsage(5, 7);
      assertThat(event(body)).contains("\"total_tokens\":12");
      paced.end();
      assertThat(event(body)).isEqualTo("data: [DONE]");
      assertThat(body.read()).isNegative();
      assertThat(paced.writtenBytes()).isPositive();
    }
  }

  @Test
  void writesWhatWasPushedBeforeTheCall() throws Exception {
    paced.pushText("early").end();
    try (InputStream body = open()) {
      assertThat(event(body)).contains("early");
    }
  }

  @Test
  void abortsAfterWhatWasPushed() throws Exception {
    try (InputStream body = open()) {
      paced.pushText("last");
      assertThat(event(body)).contains("last");
      paced.abort();
      assertThatThrownBy(body::read).isInstanceOf(IOException.class);
      assertThat(paced.awaitClosedByPeer(soon())).isFalse();
    }
  }

  @Test
  void closesWithoutAnEnd() throws Exception {
    try (InputStream body = open()) {
      paced.pushText("last").closeUnfinished();
      assertThat(event(body)).contains("last");
      assertThatThrownBy(body::read).isInstanceOf(IOException.class);
    }
  }

  @Test
  void seesTheNodeLeaveWhileItIsSilent() throws Exception {
    InputStream body = open();
    paced.pushText("one");
    assertThat(event(body)).contains("one");
    Deadline short20 = Deadline.in(SuiteClock.system(), Duration.ofMillis(20));
    assertThat(paced.awaitClosedByPeer(short20)).isFalse();
    paced.pushText(" two");
    assertThat(event(body)).contains(" two");
    body.close();
    assertThat(paced.awaitClosedByPeer(soon())).isTrue();
    assertThat(paced.awaitClosedByPeer(soon())).isTrue();
  }

  @Test
  void servesOneCallOnly() throws Exception {
    try (InputStream body = open()) {
      assertThat(client.post(EngineEndpoint.CHAT, chatStream()).statusCode()).isEqualTo(500);
      paced.end();
      assertThat(event(body)).isEqualTo("data: [DONE]");
    }
    assertThat(script.calls()).hasSize(2);
  }

  @Test
  void isHungWithoutACallAndCutWithItsScript() throws Exception {
    Deadline short20 = Deadline.in(SuiteClock.system(), Duration.ofMillis(20));
    assertThatThrownBy(() -> paced.awaitOpened(short20)).isInstanceOf(Hung.class);
    try (InputStream body = open()) {
      script.close();
      assertThatThrownBy(body::read).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFloodStandsStillWhereNobodyReadsAndEndsWellWhereSomebodyDoes() throws Exception {
    long limit = 32L << 20;
    Flood flood = new Flood(4 << 10, limit);
    script.does(flood);
    assertThat(flood.writtenBytes()).isZero();
    try (InputStream body = client.open(EngineEndpoint.CHAT, chatStream()).body()) {
      flood.awaitOpened(soon());
      SuiteClock clock = SuiteClock.system();
      for (long before = -1; before < flood.writtenBytes(); ) {
        before = flood.writtenBytes();
        clock.await(Duration.ofMillis(100));
      }
      assertThat(flood.writtenBytes()).isPositive().isLessThan(16L << 20);
      byte[] rest = body.readAllBytes();
      assertThat((long) rest.length).isEqualTo(flood.writtenBytes()).isGreaterThan(limit);
      assertThat(Bytes.of(rest).slice(rest.length - 14, rest.length))
          .isEqualTo(Bytes.utf8("data: [DONE]\n\n"));
    }
  }

  @Test
  void aFloodSeesTheNodeLeave() throws Exception {
    Flood flood = new Flood(4 << 10, 1L << 30);
    script.does(flood);
    InputStream body = client.open(EngineEndpoint.CHAT, chatStream()).body();
    flood.awaitOpened(soon());
    body.close();
    assertThat(flood.awaitClosedByPeer(soon())).isTrue();
  }
}
