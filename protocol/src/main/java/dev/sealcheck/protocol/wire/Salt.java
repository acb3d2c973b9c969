package dev.sealcheck.protocol.wire;

/** The HKDF salt of one request: 16 bytes, docs/PROTOCOL.md section 3. */
public record Salt(FixedBytes bytes) {

  /** docs/PROTOCOL.md section 2. */
  public static final int SIZE_IN_BYTES = 16;

  /**
   * A copy of {@code bytes}.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_IN_BYTES}
   */
  public static Salt copyOf(byte[] bytes) {
    return new Salt(FixedBytes.copyOf(bytes, SIZE_IN_BYTES, "salt"));
  }

  /** A fresh copy of the bytes. */
  public byte[] toArray() {
    return bytes.toArray();
  }
}
