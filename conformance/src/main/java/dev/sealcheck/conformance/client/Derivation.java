package dev.sealcheck.conformance.client;

/**
 * The way from a shared secret to the key of one exchange, step by step (docs/PROTOCOL.md section
 * 3); prints lengths only.
 *
 * @param sharedSecret the HKDF input key material, 32 bytes
 * @param salt the request's salt
 * @param pseudorandomKey the result of HKDF extract, 32 bytes
 * @param key the AES-256 key, 32 bytes
 */
public record Derivation(Bytes sharedSecret, Salt salt, Bytes pseudorandomKey, Bytes key) {
  private static final int KEY_BYTES = 32;

  /** Checks the three lengths. */
  public Derivation {
    requireKeySize("shared secret", sharedSecret);
    requireKeySize("pseudorandom key", pseudorandomKey);
    requireKeySize("key", key);
  }

  /**
   * Derives the key; any shared secret is taken, the all-zero one of a small-order key included.
   *
   * @throws IllegalArgumentException if the shared secret is not 32 bytes
   */
  public static Derivation of(Bytes sharedSecret, Salt salt) {
    requireKeySize("shared secret", sharedSecret);
    Bytes pseudorandomKey = Hkdf.extract(salt.bytes(), sharedSecret);
    return new Derivation(
        sharedSecret,
        salt,
        pseudorandomKey,
        Hkdf.expand(pseudorandomKey, Bytes.empty(), KEY_BYTES));
  }

  private static void requireKeySize(String name, Bytes bytes) {
    if (bytes.length() != KEY_BYTES) {
      throw new IllegalArgumentException(
          name + " of " + bytes.length() + " bytes: " + KEY_BYTES + " allowed");
    }
  }
}
