package dev.sealcheck.protocol.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;

/**
 * Reads typed fields of one JSON object; nothing is coerced. Whatever is missing or of another type
 * is a {@link MalformedMessageException} that names the field and the rule.
 */
public final class Fields {

  private final ObjectNode object;

  /** The fields of {@code object}. */
  public Fields(ObjectNode object) {
    this.object = object;
  }

  /** A string. */
  public String text(String name) throws MalformedMessageException {
    JsonNode value = object.get(name);
    if (value == null || !value.isTextual()) {
      throw new MalformedMessageException(name, "must be a string");
    }
    return value.textValue();
  }

  /** The bytes of a string of canonical base64. */
  public byte[] base64(String name) throws MalformedMessageException {
    return Base64Text.decode(name, text(name));
  }

  /** The bytes of a string of canonical base64 that holds exactly {@code sizeInBytes}. */
  public byte[] base64(String name, int sizeInBytes) throws MalformedMessageException {
    return Base64Text.decode(name, text(name), sizeInBytes);
  }

  boolean bool(String name) throws MalformedMessageException {
    JsonNode value = object.get(name);
    if (value == null || !value.isBoolean()) {
      throw new MalformedMessageException(name, "must be true or false");
    }
    return value.booleanValue();
  }

  /** An integer from 1 to 2^63−1 written without fraction or exponent. */
  public long positive(String name) throws MalformedMessageException {
    JsonNode value = object.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedMessageException(name, "must be an integer");
    }
    if (value.longValue() <= 0) {
      throw new MalformedMessageException(name, "must be greater than zero");
    }
    return value.longValue();
  }

  OptionalLong optionalPositive(String name) throws MalformedMessageException {
    return absent(name) ? OptionalLong.empty() : OptionalLong.of(positive(name));
  }

  boolean absent(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull();
  }
}
