package dev.sealcheck.conformance.client;

/**
 * The HKDF salt of a request and of its answers; 16 bytes (docs/PROTOCOL.md section 3).
 *
 * @param bytes the 16 bytes
 */
public record Salt(Bytes bytes) {
  /** The one allowed length. */
  public static final int LENGTH_BYTES = 16;

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if there are not 16 bytes
   */
  public Salt {
    if (bytes.length() != LENGTH_BYTES) {
      throw new IllegalArgumentException(
          "salt of " + bytes.length() + " bytes: " + LENGTH_BYTES + " allowed");
    }
  }

  /** A fresh random salt. */
  public static Salt fresh() {
    return new Salt(Bytes.random(LENGTH_BYTES));
  }

  /** The value as canonical base64. */
  public String base64() {
    return Base64Text.encode(bytes);
  }
}
