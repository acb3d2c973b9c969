package dev.sealcheck.conformance.vector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.Bytes;

/**
 * One case of a file.
 *
 * @param file the file's name without folder and ending
 * @param group what the cases of its group share
 * @param test the case itself
 */
public record VectorCase(String file, JsonNode group, JsonNode test) {

  /** How it is named on the command line: the file and the number of the case. */
  public String id() {
    return file + ":" + test.path("tcId").asText();
  }

  /** What is special about it. */
  public String comment() {
    return test.path("comment").asText();
  }

  /** The type of its group, which says what its fields mean. */
  public String type() {
    return group.path("type").asText();
  }

  /** {@code valid}, {@code invalid}, or what Wycheproof leaves open: {@code acceptable}. */
  public String result() {
    return test.path("result").asText();
  }

  /** Whether the file names the error of an invalid case; Wycheproof's do not. */
  public boolean namesError() {
    return test.path("error").isTextual();
  }

  /** What must come of it by the file: the error where it names one, else the result. */
  public String expected() {
    return namesError() ? text("error") : result();
  }

  /** Whether the case or its group has the field, and it is not null. */
  boolean has(String name) {
    return value(name).isValueNode() && !value(name).isNull();
  }

  /** The field of the case, or of its group where the case has none. */
  JsonNode value(String name) {
    return test.has(name) ? test.get(name) : group.path(name);
  }

  /**
   * A text field.
   *
   * @throws VectorFileException if there is none
   */
  String text(String name) {
    if (!value(name).isTextual()) {
      throw new VectorFileException(id() + " has no text " + name);
    }
    return value(name).textValue();
  }

  /**
   * An integer field.
   *
   * @throws VectorFileException if there is none
   */
  int integer(String name) {
    if (!value(name).canConvertToInt() || !value(name).isIntegralNumber()) {
      throw new VectorFileException(id() + " has no integer " + name);
    }
    return value(name).intValue();
  }

  /**
   * The bytes of a text field in hex.
   *
   * @throws VectorFileException if there is none
   */
  Bytes hex(String name) {
    try {
      return Bytes.hex(text(name));
    } catch (IllegalArgumentException notHex) {
      throw new VectorFileException(id() + " has no hex in " + name);
    }
  }

  /** Bytes that stand as text under {@code name}, or in hex under the name with Hex behind it. */
  Bytes raw(String name) {
    return test.has(name) ? Bytes.utf8(text(name)) : hex(name + "Hex");
  }

  @Override
  public String toString() {
    return id() + " " + comment();
  }
}
