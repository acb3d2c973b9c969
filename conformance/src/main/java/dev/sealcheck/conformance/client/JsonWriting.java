package dev.sealcheck.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.StringJoiner;

/**
 * One of the many ways to write a JSON value: other bytes, the same meaning (RFC 8259 sections 2
 * and 7).
 *
 * @param gap stands around every key, value and sign; JSON whitespace only
 * @param escapedEvery every how manieth character of a string, keys included, is written as an
 *     escape; 0 for no more than JSON asks for
 */
public record JsonWriting(String gap, int escapedEvery) {

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if {@code gap} is no whitespace or the number negative
   */
  public JsonWriting {
    if (!gap.matches("[ \\t\\r\\n]*")) {
      throw new IllegalArgumentException("a gap of JSON is spaces, tabs and line ends");
    }
    if (escapedEvery < 0) {
      throw new IllegalArgumentException("escapes every " + escapedEvery + ": 0 or more allowed");
    }
  }

  /** The bytes of {@code value} written so. */
  public Bytes write(JsonNode value) {
    return Bytes.utf8(gap + text(value) + gap);
  }

  private String text(JsonNode value) {
    if (value.isObject()) {
      StringJoiner fields = new StringJoiner(gap + "," + gap, "{" + gap, gap + "}");
      value
          .properties()
          .forEach(
              field ->
                  fields.add(string(field.getKey()) + gap + ":" + gap + text(field.getValue())));
      return fields.toString();
    }
    if (value.isArray()) {
      StringJoiner items = new StringJoiner(gap + "," + gap, "[" + gap, gap + "]");
      value.forEach(item -> items.add(text(item)));
      return items.toString();
    }
    return value.isTextual() ? string(value.textValue()) : plain(value);
  }

  private String string(String text) {
    StringBuilder written = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      // Both halves of a pair are written alike: a half beside an escape is no valid UTF-8.
      boolean escaped =
          escapedEvery > 0 && (i % escapedEvery == 0 || Character.isSurrogate(letter));
      written.append(escaped ? String.format("\\u%04x", (int) letter) : needed(text, i));
    }
    return written.append('"').toString();
  }

  private static String needed(String text, int index) {
    char letter = text.charAt(index);
    if (Character.isSurrogate(letter)) {
      return String.valueOf(letter);
    }
    String quoted = plain(TextNode.valueOf(String.valueOf(letter)));
    return quoted.substring(1, quoted.length() - 1);
  }

  private static String plain(JsonNode value) {
    return StrictJson.write(value).toLenientUtf8();
  }
}
