package dev.sealcheck.conformance.vector;

import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.SseReader;
import dev.sealcheck.conformance.vector.RequestJudge.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps of whole requests, answers and streams; each goes as far as its bytes allow. */
final class MessageSteps {
  /** A body beyond this is named by its size alone. */
  private static final int SHOWN_BYTES = 1 << 16;

  private MessageSteps() {}

  static List<Step> request(VectorCase one) {
    WireRequest wire = RequestJudge.wire(one);
    List<Step> steps = new ArrayList<>();
    int earlier = one.test().path("before").size();
    steps.add(
        new Step(
            "The request",
            "docs/PROTOCOL.md section 2",
            List.of(
                Value.text("method and path", wire.method() + " " + wire.path()),
                Value.text("content-type", wire.contentType()),
                Value.text("requests before it", Integer.toString(earlier)),
                shown("body", wire.body()))));
    if (wire.endpoint() == null) {
      return steps;
    }
    ReadEnvelope envelope;
    try {
      envelope = ReadEnvelope.parse(wire.endpoint(), wire.body());
    } catch (MalformedAnswer malformed) {
      steps.add(
          new Step(
              "The envelope",
              "docs/PROTOCOL.md section 2",
              List.of(Value.text("refused", malformed.getMessage()))));
      return steps;
    }
    steps.addAll(SignatureSteps.envelope(wire.signature(), envelope.hash().bytes()));
    steps.add(
        new Step(
            "Node key",
            "the current one, byte for byte; docs/PROTOCOL.md section 3",
            List.of(
                Value.text("the node has", one.text("nodePublicKey")),
                Value.text("the envelope names", envelope.nodeKey().base64()))));
    Optional<Bytes> shared = SealSteps.shared(steps, one.hex("nodeSecret"), envelope.clientKey());
    if (shared.isPresent()) {
      Derivation derivation = Derivation.of(shared.get(), envelope.salt());
      steps.addAll(SealSteps.derivation(derivation));
      opened(
          steps,
          derivation.key(),
          envelope.nonce().bytes(),
          envelope.ciphertext(),
          envelope.hash());
    }
    return steps;
  }

  static List<Step> answer(VectorCase one) {
    List<Step> steps = exchange(one);
    sealed(steps, one, one.raw("body"));
    return steps;
  }

  static List<Step> stream(VectorCase one) {
    List<Step> steps = exchange(one);
    Bytes body = one.raw("stream");
    SseReader reader = new SseReader();
    int number = 0;
    for (SseEvent event : reader.feed(body, 0)) {
      steps.add(
          new Step(
              "Event " + number++,
              "what stands between blank lines; docs/PROTOCOL.md section 6",
              List.of(shown("raw", event.raw()))));
      sealed(steps, one, event.data());
    }
    steps.add(
        new Step(
            "The end",
            "docs/PROTOCOL.md section 6",
            List.of(
                Value.text("the body ended", one.text("end")),
                shown("bytes of no whole event", reader.leftover()),
                Value.text(
                    "events to be shown", one.test().path("released").size() + " of " + number))));
    return steps;
  }

  private static List<Step> exchange(VectorCase one) {
    List<Step> steps = new ArrayList<>();
    Bytes node = Base64Text.decode("nodePublicKey", one.text("nodePublicKey"));
    SealSteps.shared(steps, one.hex("clientSecret"), new X25519PublicKey(node));
    steps.addAll(SealSteps.derivation(new CarefulReader(one).derivation()));
    return steps;
  }

  private static void sealed(List<Step> steps, VectorCase one, Bytes json) {
    SealedAnswer answer;
    try {
      answer = SealedAnswer.parse(json);
    } catch (MalformedAnswer malformed) {
      steps.add(
          new Step(
              "Sealed answer",
              "docs/PROTOCOL.md section 2",
              List.of(shown("body", json), Value.text("refused", malformed.getMessage()))));
      return;
    }
    Bytes key = new CarefulReader(one).derivation().key();
    opened(steps, key, answer.nonce().bytes(), answer.ciphertext(), answer.responseHash());
    steps.addAll(
        SignatureSteps.envelope(answer.signature().base64(), answer.responseHash().bytes()));
    steps.add(
        new Step(
            "Outside",
            "equal to what is inside; docs/PROTOCOL.md section 7",
            List.of(
                Value.text("expected signer", one.text("signer")),
                Value.text("usage", answer.usage().map(Object::toString).orElse("none")))));
  }

  private static void opened(
      List<Step> steps, Bytes key, Bytes nonce, Bytes ciphertext, BodyHash claimed) {
    steps.add(SealSteps.opening(key, nonce, ciphertext));
    Optional<Bytes> plaintext = SealSteps.open(key, nonce, ciphertext);
    if (plaintext.isPresent()) {
      BodyHash computed = BodyHash.of(plaintext.get());
      steps.add(
          new Step(
              "Hash",
              "BLAKE2b-256 of exactly these bytes; docs/PROTOCOL.md section 4",
              List.of(
                  Value.bytes("computed", computed.bytes()),
                  Value.bytes("claimed", claimed.bytes()),
                  Value.text("equal", computed.equals(claimed) ? "yes" : "no, refused"))));
    }
  }

  private static Value shown(String name, Bytes bytes) {
    return bytes.length() > SHOWN_BYTES
        ? Value.text(name, bytes.length() + " bytes, too many to show")
        : Value.readable(name, bytes);
  }
}
