package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.X25519Pair;

/** What a client can do wrong that only the node finds, after the proxy has consumed the lock. */
public enum ClientFault {
  /** A bit of the ciphertext is flipped. */
  UNDECRYPTABLE("that cannot be opened", Harm.ofEnvelope(e -> e.flippedBit("ciphertext", 0))),
  /** The body hash is that of another body. */
  WRONG_HASH(
      "with another body's hash",
      Harm.ofEnvelope(e -> e.with("plaintext_body_hash", BodyHash.of(Bytes.utf8("{}")).bytes()))),
  /** The body names no model. */
  NO_MODEL("whose body has no model", Harm.ofBody(body -> body.remove("model"))),
  /** The body names another model than the envelope. */
  OTHER_MODEL(
      "whose body names another model",
      Harm.ofBody(body -> body.put("model", body.path("model").asText() + "-other"))),
  /** The envelope names a node key that the node does not have. */
  STALE_KEY(
      "that names another node key",
      Harm.ofEnvelope(e -> e.with("node_dh_public_key", X25519Pair.fresh().publicKey().base64())));

  private final String words;

  // Its functions hold nothing that changes.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Harm harm;

  ClientFault(String words, Harm harm) {
    this.words = words;
    this.harm = harm;
  }

  /** The fault that features call {@code words}. */
  static ClientFault of(String words) {
    for (ClientFault fault : values()) {
      if (fault.words.equals(words)) {
        return fault;
      }
    }
    throw new IllegalArgumentException("no fault of a client is called " + words);
  }

  /** How it is done. */
  Harm harm() {
    return harm;
  }
}
