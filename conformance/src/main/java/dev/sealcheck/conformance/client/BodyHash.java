package dev.sealcheck.conformance.client;

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
    return new BodyHash(Blake2b.digest(plaintext, LENGTH_BYTES));
  }

  /** The value as canonical base64. */
  public String base64() {
    return Base64Text.encode(bytes);
  }
}
