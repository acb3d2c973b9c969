package dev.sealcheck.conformance.vector;

import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import java.util.List;

/**
 * A named value of a step. Values of vectors are public, their keys and plaintexts included: this
 * is the one place where the suite prints such bytes.
 *
 * @param name what it is
 * @param lines how it is written: text as it is, or bytes as hex and base64
 */
public record Value(String name, List<String> lines) {
  /** Copies the list. */
  public Value {
    lines = List.copyOf(lines);
  }

  static Value text(String name, String text) {
    return new Value(name, List.of(text));
  }

  static Value bytes(String name, Bytes bytes) {
    String size = bytes.length() + (bytes.length() == 1 ? " byte" : " bytes");
    return bytes.isEmpty()
        ? text(name, size)
        : new Value(
            name, List.of(size, "hex " + bytes.toHex(), "base64 " + Base64Text.encode(bytes)));
  }

  /** Bytes that are meant to be read as UTF-8. */
  static Value readable(String name, Bytes bytes) {
    return new Value(name, List.of(bytes.length() + " bytes", bytes.toLenientUtf8()));
  }

  /** The whole of a line, with control characters as escapes: they could drive a terminal. */
  public static String visible(String line) {
    StringBuilder safe = new StringBuilder();
    line.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              if (type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.SURROGATE) {
                safe.append("\\u%04x".formatted(c));
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }
}
