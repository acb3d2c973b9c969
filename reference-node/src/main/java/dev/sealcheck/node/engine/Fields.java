package dev.sealcheck.node.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Reads a request's fields; null counts as absent, nothing is coerced, refusals name no value. */
final class Fields {

  private final ObjectNode body;

  Fields(ObjectNode body) {
    this.body = body;
  }

  /** Whether the field is there and not null. */
  boolean has(String name) {
    return body.hasNonNull(name);
  }

  /** A field that must be there. */
  JsonNode required(String name) throws EngineException {
    if (!has(name)) {
      throw EngineException.invalidRequest(name + " is missing");
    }
    return body.get(name);
  }

  /** A string that must be there. */
  String text(String name) throws EngineException {
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw EngineException.invalidRequest(name + " must be a string");
    }
    return value.textValue();
  }

  /** A string, or a list of 1 to {@code most} strings, as a list. */
  List<String> texts(String name, int most) throws EngineException {
    JsonNode value = required(name);
    if (value.isTextual()) {
      return List.of(value.textValue());
    }
    if (!value.isArray() || value.isEmpty() || value.size() > most) {
      throw EngineException.invalidRequest(
          name + " must be a string or a list of 1 to " + most + " strings");
    }
    List<String> texts = new ArrayList<>(value.size());
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw EngineException.invalidRequest(name + " must hold strings only");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** An integer from 1 to {@code most}, or {@code absent} where there is none. */
  int positive(String name, int absent, int most) throws EngineException {
    if (!has(name)) {
      return absent;
    }
    JsonNode value = body.get(name);
    if (value.isIntegralNumber() && value.bigIntegerValue().signum() > 0) {
      // A limit that no int can hold limits nothing here.
      int number = value.canConvertToInt() ? value.intValue() : Integer.MAX_VALUE;
      if (number <= most) {
        return number;
      }
    }
    throw EngineException.invalidRequest(
        name + " must be an integer from 1" + (most < Integer.MAX_VALUE ? " to " + most : ""));
  }
}
