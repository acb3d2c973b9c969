package dev.sealcheck.protocol.wire;

/**
 * A sealed body: the AES-GCM ciphertext with its 16-byte tag last. Takes ownership of the array it
 * is given and lends it out; neither side may change it.
 */
public final class Ciphertext {

  /** NIST SP 800-38D: a tag of 128 bits. */
  public static final int TAG_SIZE_IN_BYTES = 16;

  private final byte[] bytes;

  private Ciphertext(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes over {@code bytes} without a copy.
   *
   * @throws IllegalArgumentException if they are too short to hold a tag
   */
  public static Ciphertext owning(byte[] bytes) {
    if (bytes.length < TAG_SIZE_IN_BYTES) {
      throw new IllegalArgumentException(
          "ciphertext must be at least " + TAG_SIZE_IN_BYTES + " bytes, not " + bytes.length);
    }
    return new Ciphertext(bytes);
  }

  /** The bytes themselves, to be read only. */
  public byte[] lend() {
    return bytes;
  }

  /** The number of bytes, tag included. */
  public int sizeInBytes() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "Ciphertext[" + bytes.length + " bytes]";
  }
}
