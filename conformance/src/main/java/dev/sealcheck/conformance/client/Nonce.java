package dev.sealcheck.conformance.client;

/**
 * A GCM nonce; 12 bytes (NIST SP 800-38D section 8.2.2: 96 random bits).
 *
 * @param bytes the 12 bytes
 */
public record Nonce(Bytes bytes) {
  /** The one allowed length. */
  public static final int LENGTH_BYTES = 12;

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if there are not 12 bytes
   */
  public Nonce {
    if (bytes.length() != LENGTH_BYTES) {
      throw new IllegalArgumentException(
          "nonce of " + bytes.length() + " bytes: " + LENGTH_BYTES + " allowed");
    }
  }

  /** A fresh random nonce. */
  public static Nonce fresh() {
    return new Nonce(Bytes.random(LENGTH_BYTES));
  }

  /** The value as canonical base64. */
  public String base64() {
    return Base64Text.encode(bytes);
  }
}
