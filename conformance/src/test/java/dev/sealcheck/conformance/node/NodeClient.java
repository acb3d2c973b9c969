package dev.sealcheck.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.StreamExchange;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scripted node and who asks it, client and signing proxy in one. */
final class NodeClient implements AutoCloseable {
  static final String MODEL = "suite/model";

  final ScriptedNode node;
  final SigningPair proxy = SigningPair.generate();
  final Deadline deadline = Deadline.in(SuiteClock.system(), Duration.ofSeconds(20));
  private final Messenger messenger = new Messenger(SuiteClock.system());

  NodeClient() throws IOException {
    this(SignatureScheme.ED25519);
  }

  NodeClient(SignatureScheme scheme) throws IOException {
    node =
        ScriptedNode.start(
            new NodeIdentity(7, SigningPair.generate(scheme), MODEL), "127.0.0.1", 0);
  }

  static RequestRecipe chat(boolean stream) {
    return chat(stream, 24);
  }

  static RequestRecipe chat(boolean stream, int maxTokens) {
    ObjectNode body = StrictJson.object();
    body.put("model", MODEL);
    body.putArray("messages").addObject().put("role", "user").put("content", "Say something.");
    body.put("max_tokens", maxTokens);
    body.put("stream", stream);
    body.put("user", Bytes.random(16).toHex());
    return recipe(Endpoint.CHAT, stream, body);
  }

  static RequestRecipe recipe(Endpoint endpoint, boolean stream, ObjectNode body) {
    boolean completion = endpoint == Endpoint.CHAT || endpoint == Endpoint.COMPLETIONS;
    return RequestRecipe.of(
        endpoint,
        MODEL,
        completion ? Optional.of(stream) : Optional.empty(),
        StrictJson.write(body));
  }

  SealedRequest seal(RequestRecipe recipe) {
    return recipe.seal(new LockGrant(node.publicKey(), node.smallId(), 1, Optional.of("digest")));
  }

  /** The call as a proxy makes it. */
  HttpCall call(SealedRequest request) {
    return HttpCall.post(node.base().resolve(request.endpoint().path()), request.envelope().json())
        .withHeader("X-Signature", proxy.sign(request.plaintextHash()).base64());
  }

  Exchange send(HttpCall call) {
    return messenger.send(call, deadline);
  }

  Exchange send(SealedRequest request) {
    return send(call(request));
  }

  StreamExchange open(HttpCall call) {
    return messenger.open(call, deadline);
  }

  /** A good whole answer, opened and verified. */
  OpenedAnswer ask(RequestRecipe recipe) {
    SealedRequest request = seal(recipe);
    Exchange answer = send(request);
    assertThat(answer.status()).isEqualTo(200);
    return verified(answer.body(), request);
  }

  /** All events of a stream up to its end, opened and verified. */
  List<OpenedAnswer> read(StreamExchange stream, SealedRequest request) {
    List<OpenedAnswer> opened = new ArrayList<>();
    for (Optional<SseEvent> next = stream.next(); next.isPresent(); next = stream.next()) {
      opened.add(verified(next.get().data(), request));
    }
    return opened;
  }

  OpenedAnswer verified(Bytes json, SealedRequest request) {
    OpenedAnswer opened = SealedAnswer.parse(json).open(request);
    assertThat(opened.hashMatches()).isTrue();
    assertThat(opened.signatureValid()).isTrue();
    assertThat(opened.signer()).isEqualTo(node.address());
    assertThat(opened.outerUsage()).isEqualTo(opened.innerUsage());
    return opened;
  }

  /** Asks the node to stop a stream. */
  Exchange stop(String requestId, SigningPair signer) {
    BodyHash signed = BodyHash.of(Bytes.utf8("stop-streamer:" + requestId));
    return send(
        HttpCall.post(node.base().resolve("/v1/stop-streamer"), Bytes.utf8("{}"))
            .withHeader("X-Request-Id", requestId)
            .withHeader("X-Signature", signer.sign(signed).base64()));
  }

  @Override
  public void close() throws IOException {
    messenger.close();
    node.close();
    assertThat(node.failures()).isEmpty();
  }
}
