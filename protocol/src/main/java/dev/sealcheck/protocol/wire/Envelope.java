package dev.sealcheck.protocol.wire;

import java.util.OptionalLong;

/**
 * The outer JSON of a confidential request, docs/PROTOCOL.md section 2. The proxy reads it; only
 * the node can open what it carries.
 *
 * @param path the kind of request it was sent as
 * @param ciphertext the sealed body
 * @param clientPublicKey the client's ephemeral key, any 32 bytes
 * @param nodePublicKey the node key that the client sealed to, as the client names it
 * @param nonce the request's nonce
 * @param salt the request's salt
 * @param plaintextBodyHash the hash that the client claims for the body
 * @param stackSmallId the stack whose lock pays, greater than zero
 * @param modelName the model that the body must name too
 * @param stream whether the answer is to be a stream
 * @param numComputeUnits the units the client means to use, where it says so
 */
public record Envelope(
    ConfidentialPath path,
    Ciphertext ciphertext,
    X25519PublicKey clientPublicKey,
    X25519PublicKey nodePublicKey,
    Nonce nonce,
    Salt salt,
    BodyHash plaintextBodyHash,
    long stackSmallId,
    String modelName,
    boolean stream,
    OptionalLong numComputeUnits) {

  /**
   * Parses the JSON of a request to {@code path}; unknown fields are ignored.
   *
   * @throws MalformedMessageException if the bytes break a rule of docs/PROTOCOL.md section 2
   */
  public static Envelope parse(ConfidentialPath path, byte[] json)
      throws MalformedMessageException {
    Fields fields = new Fields(StrictJson.parseObject("envelope", json));
    byte[] ciphertext = fields.base64("ciphertext");
    if (ciphertext.length < Ciphertext.TAG_SIZE_IN_BYTES) {
      throw new MalformedMessageException(
          "ciphertext", "must be at least " + Ciphertext.TAG_SIZE_IN_BYTES + " bytes");
    }
    return new Envelope(
        path,
        Ciphertext.owning(ciphertext),
        X25519PublicKey.copyOf(
            fields.base64("client_dh_public_key", X25519PublicKey.SIZE_IN_BYTES)),
        X25519PublicKey.copyOf(fields.base64("node_dh_public_key", X25519PublicKey.SIZE_IN_BYTES)),
        Nonce.copyOf(fields.base64("nonce", Nonce.SIZE_IN_BYTES)),
        Salt.copyOf(fields.base64("salt", Salt.SIZE_IN_BYTES)),
        BodyHash.copyOf(fields.base64("plaintext_body_hash", BodyHash.SIZE_IN_BYTES)),
        fields.positive("stack_small_id"),
        fields.text("model_name"),
        streamFlag(path, fields),
        fields.optionalPositive("num_compute_units"));
  }

  /** The units this request needs of its lock. */
  public long units() {
    return numComputeUnits.orElse(path.defaultUnits());
  }

  private static boolean streamFlag(ConfidentialPath path, Fields fields)
      throws MalformedMessageException {
    if (path.streams()) {
      return fields.bool("stream");
    }
    if (!fields.absent("stream") && fields.bool("stream")) {
      throw new MalformedMessageException("stream", "must not be true on this path");
    }
    return false;
  }
}
