package dev.sealcheck.protocol.wire;

/** An X25519 public key: 32 bytes, little-endian u-coordinate, RFC 7748 section 5. */
public record X25519PublicKey(FixedBytes bytes) {

  /** RFC 7748 section 5. */
  public static final int SIZE_IN_BYTES = 32;

  /**
   * A copy of {@code bytes}.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_IN_BYTES}
   */
  public static X25519PublicKey copyOf(byte[] bytes) {
    return new X25519PublicKey(FixedBytes.copyOf(bytes, SIZE_IN_BYTES, "public key"));
  }

  /** A fresh copy of the bytes. */
  public byte[] toArray() {
    return bytes.toArray();
  }
}
