package dev.sealcheck.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.ExchangeFailure;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.exchange.StreamExchange;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeErrorsTest {
  private static NodeClient client;

  @BeforeAll
  static void start() throws IOException {
    client = new NodeClient();
  }

  @BeforeEach
  void forget() {
    client.node.forgetCalls();
  }

  @AfterAll
  static void close() throws IOException {
    client.close();
  }

  @ParameterizedTest
  @EnumSource(NodeCode.class)
  void answersEveryCodeWithItsStatusAndTheMarker(NodeCode code) {
    Exchange answer = with(NodeErrors.refusing(code, "marker-1"));
    assertThat(answer.status()).isEqualTo(code.status());
    assertThat(answer.headers().mediaType()).contains("application/json");
    assertThat(answer.body())
        .isEqualTo(
            Bytes.utf8("{\"error\":{\"code\":\"" + code.name() + "\",\"message\":\"marker-1\"}}"));
  }

  @Test
  void answersWithoutACode() {
    Exchange answer = with(NodeErrors.codeless(423, "marker-2"));
    assertThat(answer.status()).isEqualTo(423);
    assertThat(answer.body()).isEqualTo(Bytes.utf8("{\"error\":{\"message\":\"marker-2\"}}"));
  }

  @Test
  void saysWhenAFullEngineIsToBeAskedAgain() {
    Exchange answer = with(NodeErrors.full(17, "m"));
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers().first("retry-after")).contains("17");
  }

  @Test
  void answersAnything() {
    Bytes html = Bytes.utf8("<h1>marker-3</h1>");
    Exchange answer =
        with(NodeErrors.answering(503, List.of(new HttpHeader("Content-Type", "text/html")), html));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo(html);
    assertThat(with(NodeErrors.answering(418, "TEAPOT", "m")).status()).isEqualTo(418);
  }

  @Test
  void breaksConnectionsBeforeTheHead() {
    for (NodeBehaviour broken : List.of(BrokenNode.resetting(), BrokenNode.closing())) {
      Exchange none = with(broken);
      assertThat(none.answer()).isEmpty();
      assertThat(none.failure().orElseThrow().kind()).isEqualTo(ExchangeFailure.Kind.BROKEN);
    }
    assertThat(client.node.calls()).hasSize(2);
  }

  @Test
  void cutsItsAnswerInTheBody() {
    Exchange torso = with(BrokenNode.cutting());
    assertThat(torso.status()).isEqualTo(200);
    assertThat(torso.body().length()).isPositive();
    assertThat(torso.failure().orElseThrow().kind()).isEqualTo(ExchangeFailure.Kind.BROKEN);
  }

  @Test
  void sendsAnyBytes() {
    assertThat(with(BrokenNode.sending(Bytes.utf8("no HTTP\r\n\r\n"))).failure()).isPresent();
  }

  @Test
  void hangsUntilTheBehaviourIsWithdrawn() {
    for (NodeBehaviour hanging : List.of(BrokenNode.hanging(), BrokenNode.hangingAfterHead())) {
      client.node.forgetCalls();
      Serving serving = client.node.behave(hanging);
      try (StreamExchange waiting = client.open(client.call(client.seal(NodeClient.chat(false))))) {
        client.node.awaitCalls(1, client.deadline);
        serving.close();
        assertThat(waiting.awaitEnd().failure()).isPresent();
      }
    }
  }

  @Test
  void hangsNoLongerThanTheProxyWaits() {
    try (Serving serving = client.node.behave(BrokenNode.hanging())) {
      StreamExchange waiting = client.open(client.call(client.seal(NodeClient.chat(false))));
      client.node.awaitCalls(1, client.deadline);
      waiting.close();
      assertThat(client.node.calls().get(0).http().awaitPeerGone(client.deadline)).isTrue();
      assertThat(serving).isNotNull();
    }
  }

  private Exchange with(NodeBehaviour behaviour) {
    try (Serving serving = client.node.behave(behaviour)) {
      assertThat(serving).isNotNull();
      return client.send(client.seal(NodeClient.chat(false)));
    }
  }
}
