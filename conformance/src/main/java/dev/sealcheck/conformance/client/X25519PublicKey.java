package dev.sealcheck.conformance.client;

/**
 * An X25519 public key as it is sent; 32 bytes, the little-endian u-coordinate, any value allowed.
 *
 * @param bytes the 32 bytes
 */
public record X25519PublicKey(Bytes bytes) {
  /** The one allowed length. */
  public static final int LENGTH_BYTES = 32;

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public X25519PublicKey {
    if (bytes.length() != LENGTH_BYTES) {
      throw new IllegalArgumentException(
          "public key of " + bytes.length() + " bytes: " + LENGTH_BYTES + " allowed");
    }
  }

  /** The value as canonical base64. */
  public String base64() {
    return Base64Text.encode(bytes);
  }
}
