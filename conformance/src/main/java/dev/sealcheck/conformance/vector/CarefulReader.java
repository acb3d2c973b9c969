package dev.sealcheck.conformance.vector;

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
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The checks of a careful client on one answer or one stream (docs/PROTOCOL.md section 1). */
final class CarefulReader {

  /** The client gives up on the answer; the message is the class of the error. */
  static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1L;

    GivenUp(String error) {
      super(error);
    }
  }

  private final Derivation derivation;
  private final String signer;
  private final String requestHash;
  private final Set<Bytes> nonces = new HashSet<>();
  private int count;
  private boolean carriesSeal;
  private boolean ended;
  private boolean hasFinishReason;
  private boolean hasUsage;

  /** Takes the keys from the group of a case. */
  CarefulReader(VectorCase one) {
    X25519PublicKey node =
        new X25519PublicKey(Base64Text.decode("nodePublicKey", one.text("nodePublicKey")));
    derivation =
        Derivation.of(
            X25519Pair.ofInsecureKnownSecret(one.hex("clientSecret")).sharedSecret(node),
            new Salt(Base64Text.decode("salt", one.text("salt"))));
    nonces.add(Base64Text.decode("requestNonce", one.text("requestNonce"), Nonce.LENGTH_BYTES));
    signer = one.text("signer");
    requestHash = one.text("requestHash");
  }

  /** The key of the exchange, with the way to it. */
  Derivation derivation() {
    return derivation;
  }

  /** The plaintext of an event, or of the only answer there is. */
  Bytes read(Bytes json) throws GivenUp {
    require(!ended, "AFTER_FINAL");
    SealedAnswer answer;
    try {
      answer = SealedAnswer.parse(json);
    } catch (MalformedAnswer malformed) {
      throw new GivenUp("MALFORMED");
    }
    require(nonces.add(answer.nonce().bytes()), "NONCE_REUSED");
    Bytes plaintext;
    try {
      plaintext = Seal.open(derivation.key(), answer.nonce(), answer.ciphertext());
    } catch (CannotOpen wrongTag) {
      throw new GivenUp("UNDECRYPTABLE");
    }
    require(BodyHash.of(plaintext).equals(answer.responseHash()), "HASH_MISMATCH");
    require(answer.signature().verifies(answer.responseHash()), "BAD_SIGNATURE");
    require(answer.signature().address().equals(signer), "WRONG_SIGNER");
    ObjectNode content;
    try {
      content = StrictJson.parseObject(plaintext);
    } catch (MalformedAnswer notStrict) {
      throw new GivenUp("MALFORMED_PLAINTEXT");
    }
    readSeal(content);
    readUsage(content, answer.usage());
    count++;
    return plaintext;
  }

  /** Whether everything that a stream needs has come, and nothing says that more will. */
  boolean isComplete() {
    return hasFinishReason && hasUsage && ended == carriesSeal;
  }

  /** Whether the only answer there is may stand alone. */
  boolean isAlone() {
    return ended || !carriesSeal;
  }

  private void readSeal(ObjectNode content) throws GivenUp {
    boolean present = content.has("seal");
    if (count == 0) {
      carriesSeal = present;
    }
    require(present == carriesSeal, "SEAL_MISMATCH");
    if (!present) {
      return;
    }
    JsonNode seal = content.path("seal");
    JsonNode number = seal.path("seq");
    boolean inPlace =
        number.isIntegralNumber() && number.canConvertToInt() && number.intValue() == count;
    boolean ofThisRequest = requestHash.equals(seal.path("request_hash").textValue());
    require(inPlace && ofThisRequest && seal.path("final").isBoolean(), "SEAL_MISMATCH");
    ended = seal.path("final").booleanValue();
  }

  private void readUsage(ObjectNode content, Optional<JsonNode> outside) throws GivenUp {
    Optional<JsonNode> inside =
        Optional.ofNullable(content.get("usage")).filter(usage -> !usage.isNull());
    require(inside.equals(outside), "USAGE_MISMATCH");
    JsonNode choices = content.path("choices");
    for (JsonNode choice : choices) {
      hasFinishReason |= choice.path("finish_reason").isTextual();
    }
    hasUsage |= choices.isArray() && choices.isEmpty() && inside.isPresent();
  }

  private static void require(boolean holds, String error) throws GivenUp {
    if (!holds) {
      throw new GivenUp(error);
    }
  }
}
