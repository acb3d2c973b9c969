package dev.sealcheck.protocol.wire;

/** The BLAKE2b-256 hash of a plaintext: 32 bytes, docs/PROTOCOL.md section 4. */
public record BodyHash(FixedBytes bytes) {

  /** RFC 7693 with an output of 32 bytes. */
  public static final int SIZE_IN_BYTES = 32;

  /**
   * A copy of {@code bytes}.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_IN_BYTES}
   */
  public static BodyHash copyOf(byte[] bytes) {
    return new BodyHash(FixedBytes.copyOf(bytes, SIZE_IN_BYTES, "hash"));
  }

  /** A fresh copy of the bytes. */
  public byte[] toArray() {
    return bytes.toArray();
  }
}
