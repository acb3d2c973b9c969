package dev.sealcheck.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.ExchangeFailure;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.Hung;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptedNodeTest {
  private NodeClient client;
  private ScriptedNode node;

  @BeforeEach
  void start() throws IOException {
    client = new NodeClient();
    node = client.node;
  }

  @AfterEach
  void close() throws IOException {
    client.close();
  }

  @Test
  void answersHealth() {
    Exchange health = client.send(HttpCall.get(node.base().resolve("/health")));
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.body()).isEqualTo(Bytes.utf8("{\"status\":\"ok\"}"));
    assertThat(node.healthChecks()).isEqualTo(1);
  }

  @Test
  void refusesOtherPathsAndMethods() {
    assertRefused(client.send(HttpCall.get(node.base().resolve("/v1/models"))), NodeCode.NOT_FOUND);
    URI chat = node.base().resolve(Endpoint.CHAT.path());
    Exchange get = client.send(HttpCall.get(chat));
    assertRefused(get, NodeCode.METHOD_NOT_ALLOWED);
    assertThat(get.headers().first("Allow")).contains("POST");
    assertThat(node.calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SignatureScheme.class)
  void signsItsAnswersByEveryScheme(SignatureScheme scheme) throws IOException {
    try (NodeClient other = new NodeClient(scheme)) {
      assertThat(other.ask(NodeClient.chat(false)).json().path("object").textValue())
          .isEqualTo("chat.completion");
    }
  }

  @Test
  void answersChatInTheShapeThatClientsRead() {
    SealedRequest request = client.seal(NodeClient.chat(false));
    ObjectNode answer = client.verified(client.send(request).body(), request).json();
    JsonNode choice = answer.path("choices").path(0);
    assertThat(choice.path("message").path("role").textValue()).isEqualTo("assistant");
    assertThat(choice.path("message").path("content").textValue()).isNotBlank();
    assertThat(choice.path("finish_reason").textValue()).isEqualTo("stop");
    assertThat(answer.path("model").textValue()).isEqualTo(NodeClient.MODEL);
    assertThat(answer.path("usage").path("completion_tokens").longValue()).isEqualTo(6);
    ObjectNode seal = StrictJson.object();
    seal.put("seq", 0).put("final", true).put("request_hash", request.plaintextHash().base64());
    assertThat(answer.get("seal")).isEqualTo(seal);
    assertThat(List.copyOf(answer.properties()).get(answer.size() - 1).getKey()).isEqualTo("seal");
  }

  @Test
  void makesNoMoreTokensThanAskedFor() {
    JsonNode answer = client.ask(NodeClient.chat(false, 2)).json();
    assertThat(answer.path("usage").path("completion_tokens").longValue()).isEqualTo(2);
    assertThat(answer.path("choices").path(0).path("finish_reason").textValue())
        .isEqualTo("length");
  }

  @Test
  void answersTextCompletions() {
    ObjectNode body = StrictJson.object();
    body.put("model", NodeClient.MODEL).put("prompt", "Once").put("stream", false);
    JsonNode answer = client.ask(NodeClient.recipe(Endpoint.COMPLETIONS, false, body)).json();
    assertThat(answer.path("choices").path(0).path("text").textValue()).isNotBlank();
    assertUsageAddsUp(answer.path("usage"));
  }

  @Test
  void answersEmbeddingsOfEveryInput() {
    ObjectNode body = StrictJson.object();
    body.put("model", NodeClient.MODEL).putArray("input").add("one").add("two");
    JsonNode answer = client.ask(NodeClient.recipe(Endpoint.EMBEDDINGS, false, body)).json();
    assertThat(answer.path("data")).hasSize(2);
    assertThat(answer.path("data").path(1).path("embedding").path(0).isNumber()).isTrue();
    assertThat(answer.path("usage").path("completion_tokens").longValue()).isZero();
    assertUsageAddsUp(answer.path("usage"));
  }

  @Test
  void answersImagesWithoutUsage() {
    ObjectNode body = StrictJson.object();
    body.put("model", NodeClient.MODEL).put("prompt", "a map").put("n", 2);
    OpenedAnswer opened = client.ask(NodeClient.recipe(Endpoint.IMAGES, false, body));
    assertThat(opened.json().path("data")).hasSize(2);
    assertThat(opened.json().path("data").path(0).path("url").textValue()).startsWith("https://");
    assertThat(opened.outerUsage()).isEmpty();
  }

  @Test
  void saysSomethingElseEveryTime() {
    RequestRecipe recipe = NodeClient.chat(false);
    OpenedAnswer first = client.ask(recipe);
    OpenedAnswer second = client.ask(recipe);
    assertThat(first.json().path("id")).isNotEqualTo(second.json().path("id"));
    assertThat(first.nonce()).isNotEqualTo(second.nonce());
  }

  @Test
  void refusesWhatANodeCannotOpen() {
    SealedRequest good = client.seal(NodeClient.chat(false));
    assertRefused(good.tampered(e -> e.flippedBit("ciphertext", 3)), NodeCode.UNDECRYPTABLE);
    assertRefused(good.tampered(e -> e.flippedBit("salt", 3)), NodeCode.UNDECRYPTABLE);
    assertRefused(
        good.tampered(e -> e.with("client_dh_public_key", Bytes.of(new byte[32]))),
        NodeCode.UNDECRYPTABLE);
    assertRefused(
        good.tampered(e -> e.with("plaintext_body_hash", Bytes.random(32))),
        NodeCode.UNDECRYPTABLE);
    assertRefused(
        good.tampered(e -> e.with("node_dh_public_key", X25519Pair.fresh().publicKey().bytes())),
        NodeCode.STALE_NODE_KEY);
  }

  @Test
  void refusesInvalidEnvelopes() {
    SealedRequest good = client.seal(NodeClient.chat(false));
    assertRefused(good.tampered(e -> e.without("salt")), NodeCode.INVALID_BODY);
    assertRefused(good.tampered(e -> e.without("stream")), NodeCode.INVALID_BODY);
    assertRefused(good.tampered(e -> e.without("model_name")), NodeCode.INVALID_BODY);
    assertRefused(good.tampered(e -> e.with("nonce", Bytes.random(11))), NodeCode.INVALID_BODY);
    assertRefused(good.tampered(e -> e.with("model_name", "other")), NodeCode.INVALID_BODY);
    assertRefused(good.tampered(e -> e.withRawJson(Bytes.utf8("[1]"))), NodeCode.INVALID_BODY);
    assertRefused(
        client.seal(NodeClient.chat(false).withStream(Optional.of(true))), NodeCode.INVALID_BODY);
    assertRefused(
        client.seal(NodeClient.chat(false).withPlaintext(Bytes.utf8("no JSON"))),
        NodeCode.INVALID_BODY);
  }

  @Test
  void recordsWhatCameAndWhoSignedIt() throws RefusedEnvelope {
    SealedRequest request = client.seal(NodeClient.chat(false));
    client.send(client.call(request).withHeader("X-User-Id", "41"));
    SealedRequest unsigned = client.seal(NodeClient.chat(false));
    client.send(client.call(unsigned).withoutHeader("X-Signature"));
    SealedRequest forged = client.seal(NodeClient.chat(false));
    BodyHash other = BodyHash.of(Bytes.utf8("other"));
    client.send(
        client
            .call(forged)
            .withoutHeader("X-Signature")
            .withHeader("X-Signature", client.proxy.sign(other).base64()));

    assertThat(node.calls()).hasSize(3);
    NodeCall call = node.calls(request.plaintextHash()).get(0);
    assertThat(call.path()).isEqualTo(Endpoint.CHAT.path());
    assertThat(call.header("x-user-id")).contains("41");
    assertThat(call.headers().all("content-type")).containsExactly("application/json");
    assertThat(call.envelope()).isEqualTo(request.envelope().json());
    assertThat(call.signer()).contains(client.proxy.address());
    assertThat(call.open().hash()).isEqualTo(request.plaintextHash());
    assertThat(node.calls(unsigned.plaintextHash()).get(0).signer()).isEmpty();
    assertThat(node.calls(forged.plaintextHash()).get(0).signer()).isEmpty();
    node.forgetCalls();
    assertThat(node.calls()).isEmpty();
  }

  @Test
  void recordsCallsWithoutAnEnvelope() {
    Exchange refused =
        client.send(
            HttpCall.post(node.base().resolve(Endpoint.IMAGES.path()), Bytes.utf8("no JSON")));
    assertRefused(refused, NodeCode.INVALID_BODY);
    assertThat(node.awaitCalls(1, client.deadline).get(0).bodyHash()).isEmpty();
    assertThat(node.calls().get(0).signer()).isEmpty();
  }

  @Test
  void waitsForCallsNoLongerThanAllowed() {
    Deadline soon = Deadline.in(SuiteClock.system(), Duration.ofMillis(5));
    assertThatThrownBy(() -> node.awaitCalls(1, soon))
        .isInstanceOf(Hung.class)
        .hasMessageContaining("a call at the node number 1");
  }

  @Test
  void behavesUntilTheHandleIsClosed() {
    Serving behaving = node.behave(NodeErrors.refusing(NodeCode.LOCKED, "m"));
    assertThat(client.send(client.seal(NodeClient.chat(false))).status()).isEqualTo(423);
    behaving.close();
    client.ask(NodeClient.chat(false));
    behaving.close();
    Serving first = node.behave(NodeErrors.codeless(400, "m"));
    Serving second = node.behave(NodeErrors.codeless(425, "m"));
    first.close();
    assertThat(client.send(client.seal(NodeClient.chat(false))).status()).isEqualTo(425);
    second.close();
    client.ask(NodeClient.chat(false));
  }

  @Test
  void refusesConnectionsWhileItDoesNotListen() throws IOException {
    URI before = node.base();
    client.ask(NodeClient.chat(false));
    node.stopListening();
    node.stopListening();
    Exchange refused = client.send(client.seal(NodeClient.chat(false)));
    assertThat(refused.failure().orElseThrow().kind()).isEqualTo(ExchangeFailure.Kind.CONNECT);
    node.resumeListening();
    node.resumeListening();
    assertThat(node.base()).isEqualTo(before);
    client.ask(NodeClient.chat(false));
    node.stopListening();
  }

  @Test
  void keepsBehavioursThatDoNotFitAsFailures() throws IOException {
    NodeClient own = new NodeClient();
    try (Serving streaming = own.node.behave(NodeStreams.resetAfter(0))) {
      assertThat(own.send(own.seal(NodeClient.chat(false))).failure()).isPresent();
      assertThat(own.node.awaitCalls(1, own.deadline)).hasSize(1);
      assertThat(streaming).isNotNull();
    }
    assertThatThrownBy(own::close).hasMessageContaining("a stream for a call that asks for none");
    assertThat(own.node.failures()).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void printsNoSecret() {
    SealedRequest request = client.seal(NodeClient.chat(false));
    client.send(request);
    assertThat(node.calls().get(0).toString())
        .doesNotContain(request.plaintextHash().base64())
        .contains("bytes");
    assertThat(node.toString()).contains(node.address()).doesNotContain("secret");
    assertThat(SigningPair.generate().address()).isNotEqualTo(node.address());
  }

  private void assertRefused(SealedRequest request, NodeCode code) {
    assertRefused(client.send(request), code);
  }

  private static void assertRefused(Exchange answer, NodeCode code) {
    assertThat(answer.status()).isEqualTo(code.status());
    assertThat(StrictJson.parseObject(answer.body()).path("error").path("code").textValue())
        .isEqualTo(code.name());
  }

  private static void assertUsageAddsUp(JsonNode usage) {
    assertThat(usage.path("total_tokens").longValue())
        .isPositive()
        .isEqualTo(
            usage.path("prompt_tokens").longValue() + usage.path("completion_tokens").longValue());
  }
}
