package dev.sealcheck.protocol.wire;

/** An AES-GCM nonce: 12 bytes, docs/PROTOCOL.md section 3. */
public record Nonce(FixedBytes bytes) {

  /** NIST SP 800-38D section 8.2: 96 bits. */
  public static final int SIZE_IN_BYTES = 12;

  /**
   * A copy of {@code bytes}.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_IN_BYTES}
   */
  public static Nonce copyOf(byte[] bytes) {
    return new Nonce(FixedBytes.copyOf(bytes, SIZE_IN_BYTES, "nonce"));
  }

  /** A fresh copy of the bytes. */
  public byte[] toArray() {
    return bytes.toArray();
  }
}
