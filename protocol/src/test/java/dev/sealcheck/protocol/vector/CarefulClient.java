package dev.sealcheck.protocol.vector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.crypto.AgreementKeyPair;
import dev.sealcheck.protocol.crypto.SealingKey;
import dev.sealcheck.protocol.crypto.UndecryptableException;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.Salt;
import dev.sealcheck.protocol.wire.SealedMessage;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What docs/PROTOCOL.md section 1 asks of a client once the request is sent, made of the classes of
 * this module. For one answer or one stream.
 */
final class CarefulClient {

  /** Why a client gives up, by the name that the files have for it. */
  static final class GivesUp extends Exception {
    private static final long serialVersionUID = 1L;

    GivesUp(String error) {
      super(error);
    }
  }

  private final SealingKey key;
  private final Address signer;
  private final String requestHash;
  private final Set<Nonce> seen = new HashSet<>();
  private int events;
  private boolean sealed;
  private boolean last;
  private boolean finished;
  private boolean counted;

  CarefulClient(VectorCase one) {
    try {
      Nonce nonce = Nonce.copyOf(Base64Text.decode("requestNonce", one.text("requestNonce")));
      key =
          AgreementKeyPair.ofInsecureKnownKey(one.hex("clientSecret"))
              .derive(
                  X25519PublicKey.copyOf(Base64Text.decode("key", one.text("nodePublicKey"))),
                  Salt.copyOf(Base64Text.decode("salt", one.text("salt"))));
      seen.add(nonce);
    } catch (MalformedMessageException | UndecryptableException e) {
      throw new IllegalArgumentException(one + " has no usable group", e);
    }
    signer = new Address(one.text("signer"));
    requestHash = one.text("requestHash");
  }

  /** The plaintext of a whole answer. */
  byte[] answer(byte[] json) throws GivesUp {
    byte[] plaintext = take(json);
    if (sealed && !last) {
      throw new GivesUp("SEAL_MISMATCH");
    }
    return plaintext;
  }

  /** The plaintext of the next event. */
  byte[] event(byte[] data) throws GivesUp {
    if (last) {
      throw new GivesUp("AFTER_FINAL");
    }
    return take(data);
  }

  /** Whether what came is a whole stream, given that its body has ended cleanly. */
  boolean isComplete() {
    return finished && counted && (last || !sealed);
  }

  private byte[] take(byte[] json) throws GivesUp {
    SealedMessage message;
    SignatureEnvelope signature;
    try {
      message = SealedMessage.parse(json);
      signature = SignatureEnvelope.parse(message.signature());
    } catch (MalformedMessageException e) {
      throw new GivesUp("MALFORMED");
    }
    require(seen.add(message.nonce()), "NONCE_REUSED");
    byte[] plaintext;
    try {
      plaintext = key.open(message.nonce(), message.ciphertext());
    } catch (UndecryptableException e) {
      throw new GivesUp("UNDECRYPTABLE");
    }
    require(Blake2b256.of(plaintext).equals(message.responseHash()), "HASH_MISMATCH");
    require(signature.verifies(message.responseHash()), "BAD_SIGNATURE");
    require(signature.address().equals(signer), "WRONG_SIGNER");
    ObjectNode chunk;
    try {
      chunk = StrictJson.parseObject("plaintext", plaintext);
    } catch (MalformedMessageException e) {
      throw new GivesUp("MALFORMED_PLAINTEXT");
    }
    seal(chunk);
    Optional<JsonNode> inside =
        Optional.ofNullable(chunk.get("usage")).filter(usage -> !usage.isNull());
    require(inside.equals(message.usage()), "USAGE_MISMATCH");
    JsonNode choices = chunk.path("choices");
    choices.forEach(choice -> finished |= choice.path("finish_reason").isTextual());
    counted |= choices.isArray() && choices.isEmpty() && inside.isPresent();
    events++;
    return plaintext;
  }

  private void seal(ObjectNode chunk) throws GivesUp {
    if (events == 0) {
      sealed = chunk.has("seal");
    }
    require(chunk.has("seal") == sealed, "SEAL_MISMATCH");
    if (sealed) {
      JsonNode seal = chunk.path("seal");
      require(
          seal.path("seq").isIntegralNumber()
              && seal.path("seq").longValue() == events
              && seal.path("final").isBoolean()
              && requestHash.equals(seal.path("request_hash").textValue()),
          "SEAL_MISMATCH");
      last = seal.path("final").booleanValue();
    }
  }

  private static void require(boolean holds, String error) throws GivesUp {
    if (!holds) {
      throw new GivesUp(error);
    }
  }
}
