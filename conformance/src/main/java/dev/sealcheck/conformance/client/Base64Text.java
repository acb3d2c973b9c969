package dev.sealcheck.conformance.client;

import java.util.Base64;

/**
 * Canonical base64: standard alphabet, padded, no whitespace, spare bits zero (RFC 4648 sections
 * 3.5 and 4; docs/PROTOCOL.md section 2).
 */
public final class Base64Text {
  private Base64Text() {}

  /** The one canonical form. */
  public static String encode(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.content());
  }

  /**
   * The bytes that {@code text} is the canonical form of.
   *
   * @param field named in the refusal
   * @throws MalformedAnswer if {@code text} is not canonical base64
   */
  public static Bytes decode(String field, String text) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw notCanonical(field);
    }
    // Java's decoder takes missing padding and spare bits; only the re-encoding tells.
    if (!Base64.getEncoder().encodeToString(decoded).equals(text)) {
      throw notCanonical(field);
    }
    return Bytes.owning(decoded);
  }

  /**
   * The bytes of {@code text}, which must be {@code lengthBytes} many.
   *
   * @throws MalformedAnswer if {@code text} is not canonical base64 or has another length
   */
  public static Bytes decode(String field, String text, int lengthBytes) {
    Bytes decoded = decode(field, text);
    if (decoded.length() != lengthBytes) {
      throw new MalformedAnswer(
          field, "must decode to " + lengthBytes + " bytes, not " + decoded.length());
    }
    return decoded;
  }

  private static MalformedAnswer notCanonical(String field) {
    return new MalformedAnswer(field, "must be canonical base64");
  }
}
