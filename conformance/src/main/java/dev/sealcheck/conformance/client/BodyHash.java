package dev.sealcheck.conformance.client;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * A hash of plaintext bytes; 32 bytes, BLAKE2b-256 unkeyed (RFC 7693; docs/PROTOCOL.md section 4).
 *
 * @param bytes the 32 bytes
 */
public record BodyHash(Bytes bytes) {
  /** The one allowed length. */
  public static final int LENGTH_BYTES = 32;

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public BodyHash {
    if (bytes.length() != LENGTH_BYTES) {
      throw new IllegalArgumentException(
          "hash of " + bytes.length() + " bytes: " + LENGTH_BYTES + " allowed");
    }
  }

  /** The hash of exactly these bytes. */
  public static BodyHash of(Bytes plaintext) {
    Blake2bDigest digest = new Blake2bDigest(8 * LENGTH_BYTES);
    digest.update(plaintext.content(), 0, plaintext.length());
    byte[] hash = new byte[LENGTH_BYTES];
    digest.doFinal(hash, 0);
    return new BodyHash(Bytes.owning(hash));
  }

  /** The value as canonical base64. */
  public String base64() {
    return Base64Text.encode(bytes);
  }
}
