package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.CannotOpen;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.Salt;
import dev.sealcheck.conformance.client.Seal;
import dev.sealcheck.conformance.client.SmallOrderKey;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * A chat request as the man in the middle understands it.
 *
 * @param envelope empty where the request is no JSON object
 * @param derivation of the key that the client opens answers with, where the envelope leads to one
 * @param plaintext where it opens, whatever its hash
 */
record Intercepted(
    Harm harm,
    Optional<ObjectNode> envelope,
    Optional<Derivation> derivation,
    Optional<Nonce> nonce,
    Optional<Bytes> plaintext) {

  private static final List<String> BASE64 =
      List.of(
          "ciphertext",
          "client_dh_public_key",
          "node_dh_public_key",
          "nonce",
          "salt",
          "plaintext_body_hash");

  /** Reads a request that was sealed, if at all, to {@code middle}. */
  static Intercepted read(Bytes body, X25519Pair middle) {
    ObjectNode envelope;
    try {
      envelope = StrictJson.parseObject(body);
    } catch (MalformedAnswer notJson) {
      return new Intercepted(
          Harm.NO_ENVELOPE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
    Optional<Derivation> derivation =
        bytes(envelope, "client_dh_public_key", X25519PublicKey.LENGTH_BYTES)
            .flatMap(
                key ->
                    bytes(envelope, "salt", Salt.LENGTH_BYTES)
                        .flatMap(salt -> derive(middle, key, salt)));
    Optional<Nonce> nonce = bytes(envelope, "nonce", Nonce.LENGTH_BYTES).map(Nonce::new);
    Optional<Bytes> plaintext =
        derivation.flatMap(
            derived ->
                nonce.flatMap(
                    iv ->
                        bytes(envelope, "ciphertext")
                            .flatMap(text -> open(derived.key(), iv, text))));
    return new Intercepted(
        harm(envelope, middle, plaintext), Optional.of(envelope), derivation, nonce, plaintext);
  }

  /** The stream flag where it is a boolean, else that of the body, else false. */
  boolean asksForStream() {
    JsonNode flag = envelope.map(fields -> fields.path("stream")).orElse(StrictJson.object());
    return flag.isBoolean()
        ? flag.booleanValue()
        : plaintext
            .map(body -> StrictJson.parseObject(body).path("stream").booleanValue())
            .orElse(false);
  }

  private static Harm harm(ObjectNode envelope, X25519Pair middle, Optional<Bytes> plaintext) {
    List<String> others = List.of("stack_small_id", "model_name");
    if (!BASE64.stream().allMatch(envelope::has) || !others.stream().allMatch(envelope::has)) {
      return Harm.FIELD_MISSING;
    }
    JsonNode units = envelope.path("num_compute_units");
    boolean typed =
        BASE64.stream().allMatch(name -> bytes(envelope, name).isPresent())
            && envelope.path("stack_small_id").isIntegralNumber()
            && envelope.path("model_name").isTextual()
            && (units.isMissingNode() || units.isNull() || units.isIntegralNumber());
    if (!typed) {
      return Harm.FIELD_OF_WRONG_TYPE;
    }
    JsonNode stream = envelope.path("stream");
    if (!stream.isBoolean()) {
      return stream.isMissingNode() || stream.isNull()
          ? Harm.STREAM_ABSENT
          : Harm.STREAM_OF_WRONG_TYPE;
    }
    if (!envelope.path("node_dh_public_key").textValue().equals(middle.publicKey().base64())) {
      return Harm.OTHER_NODE_KEY;
    }
    if (plaintext.isEmpty()) {
      return Harm.DOES_NOT_OPEN;
    }
    Bytes hash = bytes(envelope, "plaintext_body_hash").orElseThrow();
    return hash.equals(BodyHash.of(plaintext.get()).bytes()) ? Harm.NONE : Harm.WRONG_HASH;
  }

  private static Optional<Derivation> derive(X25519Pair middle, Bytes key, Bytes salt) {
    try {
      Bytes secret = middle.sharedSecret(new X25519PublicKey(key));
      return Optional.of(Derivation.of(secret, new Salt(salt)));
    } catch (SmallOrderKey noSecret) {
      return Optional.empty();
    }
  }

  private static Optional<Bytes> open(Bytes key, Nonce nonce, Bytes ciphertext) {
    try {
      return Optional.of(Seal.open(key, nonce, ciphertext));
    } catch (CannotOpen otherKey) {
      return Optional.empty();
    }
  }

  private static Optional<Bytes> bytes(ObjectNode envelope, String name, int length) {
    return bytes(envelope, name).filter(decoded -> decoded.length() == length);
  }

  private static Optional<Bytes> bytes(ObjectNode envelope, String name) {
    JsonNode value = envelope.path(name);
    if (!value.isTextual()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64Text.decode(name, value.textValue()));
    } catch (MalformedAnswer notBase64) {
      return Optional.empty();
    }
  }
}
