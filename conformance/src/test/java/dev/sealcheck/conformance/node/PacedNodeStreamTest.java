package dev.sealcheck.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.StreamEnd;
import dev.sealcheck.conformance.exchange.StreamExchange;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.Hung;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedNodeStreamTest {
  private NodeClient client;
  private PacedNodeStream paced;
  private Serving serving;

  @BeforeEach
  void start() throws IOException {
    client = new NodeClient();
    paced = new PacedNodeStream();
    serving = client.node.behave(paced);
  }

  @AfterEach
  void close() throws IOException {
    serving.close();
    client.close();
  }

  @Test
  void sendsTheNextEventOnlyWhenItIsPushed() throws IOException {
    SealedRequest request = client.seal(NodeClient.chat(true));
    try (StreamExchange stream = client.open(client.call(request))) {
      paced.awaitOpened(client.deadline);
      assertThat(stream.awaitHead().orElseThrow().isEventStream()).isTrue();
      for (int i = 0; i < 9; i++) {
        assertThat(paced.push()).isTrue();
        assertThat(opened(stream, request).json().path("seal").path("seq").intValue()).isEqualTo(i);
      }
      assertThat(paced.pushRaw(Bytes.utf8(": note\n\n"))).isTrue();
      assertThat(paced.pushTogether(2)).isTrue();
      assertThat(paced.pushBytewise()).isTrue();
      assertThat(paced.pushFinish()).isTrue();
      assertThat(paced.pushUsage()).isTrue();
      paced.end();
      List<OpenedAnswer> rest = client.read(stream, request);
      assertThat(rest).hasSize(5);
      assertThat(rest.get(4).json().path("usage").path("completion_tokens").intValue())
          .isEqualTo(12);
      assertThat(stream.end()).isEqualTo(StreamEnd.CLEAN);
      assertThat(stream.comments()).hasSize(1);
      assertThat(paced.awaitClosedByPeer(client.deadline)).isFalse();
      assertThat(paced.push()).isFalse();
    }
  }

  @Test
  void leavesItsConnectionUsableAfterTheEnd() throws IOException {
    for (int i = 0; i < 10; i++) {
      PacedNodeStream next = new PacedNodeStream();
      try (Serving behaving = client.node.behave(next)) {
        assertThat(behaving).isNotNull();
        SealedRequest request = client.seal(NodeClient.chat(true));
        StreamExchange stream = client.open(client.call(request));
        next.awaitOpened(client.deadline);
        assertThat(next.pushUsage()).isTrue();
        next.end();
        assertThat(client.read(stream, request)).hasSize(1);
        assertThat(stream.end()).isEqualTo(StreamEnd.CLEAN);
      }
    }
  }

  @Test
  void pushesAFault() throws IOException {
    SealedRequest request = client.seal(NodeClient.chat(true));
    try (StreamExchange stream = client.open(client.call(request))) {
      paced.awaitOpened(client.deadline);
      paced.push();
      paced.push(ReplyFault.HASH_MISSING);
      client.verified(stream.next().orElseThrow().data(), request);
      Bytes second = stream.next().orElseThrow().data();
      assertThatThrownBy(() -> SealedAnswer.parse(second)).isInstanceOf(MalformedAnswer.class);
      paced.abort();
      assertThat(stream.next()).isEmpty();
      assertThat(stream.end()).isEqualTo(StreamEnd.ABORTED);
    }
  }

  @Test
  void seesAProxyThatLeaves() throws IOException {
    StreamExchange stream = client.open(client.call(client.seal(NodeClient.chat(true))));
    paced.awaitOpened(client.deadline);
    stream.close();
    assertThat(paced.awaitClosedByPeer(client.deadline)).isTrue();
    assertThat(paced.push()).isFalse();
  }

  @Test
  void endsWithItsUsageWhenItIsStopped() throws IOException {
    SealedRequest request = client.seal(NodeClient.chat(true));
    try (StreamExchange stream =
        client.open(client.call(request).withHeader("X-Request-Id", "paced"))) {
      paced.awaitOpened(client.deadline);
      paced.push();
      assertThat(client.stop("paced", client.proxy).status()).isEqualTo(200);
      List<OpenedAnswer> all = client.read(stream, request);
      assertThat(all).hasSize(2);
      assertThat(all.get(1).json().path("usage").path("completion_tokens").intValue()).isEqualTo(1);
      assertThat(paced.awaitClosedByPeer(client.deadline)).isFalse();
    }
  }

  @Test
  void servesOneCallOnly() {
    SealedRequest request = client.seal(NodeClient.chat(true));
    try (StreamExchange stream = client.open(client.call(request))) {
      paced.awaitOpened(client.deadline);
      assertThat(client.send(client.seal(NodeClient.chat(true))).status()).isEqualTo(500);
      serving.close();
      assertThat(stream.awaitEnd().failure()).isPresent();
    }
    assertThat(client.node.calls()).hasSize(2);
  }

  @Test
  void waitsNoLongerThanAllowed() {
    Deadline soon = Deadline.in(SuiteClock.system(), Duration.ofMillis(5));
    assertThatThrownBy(() -> paced.awaitOpened(soon)).isInstanceOf(Hung.class);
    assertThatIllegalStateException().isThrownBy(() -> paced.push());
  }

  @Test
  void floodsUpToItsCap() {
    NodeFlood flood = new NodeFlood(100_000);
    SealedRequest request = client.seal(NodeClient.chat(true));
    try (Serving flooding = client.node.behave(flood);
        StreamExchange stream = client.open(client.call(request))) {
      assertThat(flooding).isNotNull();
      List<OpenedAnswer> events = client.read(stream, request);
      assertThat(stream.end()).isEqualTo(StreamEnd.CLEAN);
      assertThat(events.get(events.size() - 1).json().path("usage").path("completion_tokens"))
          .hasToString(Integer.toString(events.size() - 2));
      assertThat(flood.isOver()).isTrue();
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new NodeFlood(0));
  }

  @Test
  void aFloodThatBlocksEndsWithItsBehaviour() throws IOException {
    NodeFlood flood = new NodeFlood(1L << 40);
    Serving flooding = client.node.behave(flood);
    try (RawAnswer answer = new RawAnswer(client.call(client.seal(NodeClient.chat(true))))) {
      assertThat(answer.statusLine).contains("200");
      flooding.close();
      assertThat(answer.drain()).isLessThan(64L << 20);
      assertThat(flood.isOver()).isFalse();
    }
  }

  private OpenedAnswer opened(StreamExchange stream, SealedRequest request) {
    return client.verified(stream.next().orElseThrow().data(), request);
  }
}
