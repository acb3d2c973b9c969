package dev.sealcheck.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Canonical base64: RFC 4648 section 4 alphabet, padded, no whitespace, zero trailing bits. One
 * value has exactly one text.
 */
public final class Base64Text {

  private Base64Text() {}

  /** The one canonical text of {@code bytes}. */
  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The bytes of a canonical text of any length.
   *
   * @param field the field's name for the error
   * @throws MalformedMessageException if the text is not what {@link #encode} gives for its bytes
   */
  public static byte[] decode(String field, String text) throws MalformedMessageException {
    byte[] chars = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(chars);
    } catch (IllegalArgumentException e) {
      throw notCanonical(field);
    }
    // Java's decoder takes missing padding and non-zero trailing bits; encoding again does not.
    if (!Arrays.equals(chars, Base64.getEncoder().encode(bytes))) {
      throw notCanonical(field);
    }
    return bytes;
  }

  /**
   * The bytes of a canonical text of one exact length.
   *
   * @throws MalformedMessageException if the text is not canonical or has another length
   */
  public static byte[] decode(String field, String text, int sizeInBytes)
      throws MalformedMessageException {
    byte[] bytes = decode(field, text);
    if (bytes.length != sizeInBytes) {
      throw new MalformedMessageException(field, "must be " + sizeInBytes + " bytes");
    }
    return bytes;
  }

  private static MalformedMessageException notCanonical(String field) {
    return new MalformedMessageException(field, "must be canonical base64");
  }
}
