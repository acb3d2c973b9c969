package dev.sealcheck.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads fields of a parsed answer, each with the rule it broke; nothing is coerced. */
final class AnswerField {
  private AnswerField() {}

  /** The value under {@code name}, a JSON null included. */
  static JsonNode required(ObjectNode answer, String name) {
    JsonNode value = answer.get(name);
    if (value == null) {
      throw new MalformedAnswer(name, "must be present");
    }
    return value;
  }

  /** A string. */
  static String text(ObjectNode answer, String name) {
    JsonNode value = required(answer, name);
    if (!value.isTextual()) {
      throw new MalformedAnswer(name, "must be a string");
    }
    return value.textValue();
  }

  /** A JSON number without fraction and exponent that fits 63 bits. */
  static long integer(ObjectNode answer, String name) {
    JsonNode value = required(answer, name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedAnswer(
          name, "must be an integer without fraction and exponent, at most 2^63-1");
    }
    return value.longValue();
  }
}
