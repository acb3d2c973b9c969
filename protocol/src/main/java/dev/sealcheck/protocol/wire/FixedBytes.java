package dev.sealcheck.protocol.wire;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * An immutable run of bytes of one exact size: copies in, copies out, compares by content in
 * constant time and prints nothing but its length.
 */
public final class FixedBytes {

  private final byte[] content;

  private FixedBytes(byte[] content) {
    this.content = content;
  }

  /**
   * A copy of {@code bytes}.
   *
   * @param what the name used in the error
   * @throws IllegalArgumentException if there are not exactly {@code sizeInBytes} of them
   */
  public static FixedBytes copyOf(byte[] bytes, int sizeInBytes, String what) {
    if (bytes.length != sizeInBytes) {
      throw new IllegalArgumentException(
          what + " must be " + sizeInBytes + " bytes, not " + bytes.length);
    }
    return new FixedBytes(bytes.clone());
  }

  /** A fresh copy of the bytes. */
  public byte[] toArray() {
    return content.clone();
  }

  /** The canonical base64 of the bytes. */
  public String toBase64() {
    return Base64Text.encode(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FixedBytes that && MessageDigest.isEqual(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
