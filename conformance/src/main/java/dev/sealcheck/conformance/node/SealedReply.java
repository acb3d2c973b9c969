package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.Seal;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A sealed, hashed and signed answer or event, changed by copy and then right or wrong on purpose
 * (docs/PROTOCOL.md sections 2 to 6).
 */
public final class SealedReply {
  private static final String SIGNATURE = "signature";
  private static final String RESPONSE_HASH = "response_hash";

  private final Envelope fields;
  private final BodyHash hash;
  private final SigningPair signer;

  private SealedReply(Envelope fields, BodyHash hash, SigningPair signer) {
    this.fields = fields;
    this.hash = hash;
    this.signer = signer;
  }

  /** The good reply: {@code plaintext} with its mark, its usage, if any, repeated outside. */
  static SealedReply of(
      OpenedRequest request, SigningPair signer, ObjectNode plaintext, SealMark place) {
    place.mark(plaintext, request.hash());
    return of(
        request,
        signer,
        StrictJson.write(plaintext),
        Optional.ofNullable(plaintext.get(Usage.FIELD)));
  }

  /** The good reply that seals exactly {@code plaintext}. */
  static SealedReply of(
      OpenedRequest request, SigningPair signer, Bytes plaintext, Optional<JsonNode> usage) {
    BodyHash hash = BodyHash.of(plaintext);
    Nonce nonce = Nonce.fresh();
    ObjectNode reply = StrictJson.object();
    reply.put(
        "ciphertext", Base64Text.encode(Seal.seal(request.derivation().key(), nonce, plaintext)));
    reply.put("nonce", nonce.base64());
    usage.ifPresent(value -> reply.set(Usage.FIELD, value));
    reply.put(SIGNATURE, signer.sign(hash).base64());
    reply.put(RESPONSE_HASH, hash.base64());
    return new SealedReply(Envelope.of(reply), hash, signer);
  }

  /** A copy with a valid signature by another pair. */
  public SealedReply signedBy(SigningPair other) {
    return change(reply -> reply.with(SIGNATURE, other.sign(hash).base64()));
  }

  /** A copy with the node's valid signature over another hash than the one it names. */
  public SealedReply signedOver(BodyHash other) {
    return change(reply -> reply.with(SIGNATURE, signer.sign(other).base64()));
  }

  /** A copy that names another hash and has the node's valid signature over that. */
  public SealedReply claiming(BodyHash other) {
    return signedOver(other).change(reply -> reply.with(RESPONSE_HASH, other.base64()));
  }

  /** A copy whose outer fields went through {@code change}; nothing is signed again. */
  public SealedReply change(UnaryOperator<Envelope> change) {
    return new SealedReply(change.apply(fields), hash, signer);
  }

  /** What the node signs with. */
  SigningPair signer() {
    return signer;
  }

  /** The bytes of an answer. */
  public Bytes json() {
    return fields.json();
  }

  /** The bytes of an event: one data line and a blank line. */
  public Bytes event() {
    return Bytes.concat(Bytes.utf8("data: "), json(), Bytes.utf8("\n\n"));
  }

  @Override
  public String toString() {
    return "SealedReply[" + fields + "]";
  }
}
