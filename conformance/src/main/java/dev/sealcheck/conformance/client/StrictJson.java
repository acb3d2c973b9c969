package dev.sealcheck.conformance.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as docs/PROTOCOL.md section 2 wants it: one value, valid UTF-8 without a BOM, no key twice,
 * nothing behind it, bounded depth; key order and every digit of a number are kept.
 */
public final class StrictJson {
  /** The deepest nesting read; far above any message of the protocol. */
  public static final int MAX_DEPTH = 200;

  /** The longest string read; a body of the largest size as base64 fits. */
  public static final int MAX_STRING_CHARS = 32 << 20;

  private static final String WHOLE = "body";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_STRING_CHARS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private StrictJson() {}

  /**
   * The one value in {@code bytes}.
   *
   * @throws MalformedAnswer if they are not strict JSON; the rule never quotes them
   */
  public static JsonNode parse(Bytes bytes) {
    String text = strictUtf8(WHOLE, bytes);
    if (text.startsWith("\uFEFF")) {
      throw new MalformedAnswer(WHOLE, "must not begin with a BOM");
    }
    JsonNode value;
    try {
      value = MAPPER.readTree(text);
    } catch (StreamConstraintsException overLimit) {
      throw new MalformedAnswer(WHOLE, "must stay within the limits of depth and length");
    } catch (JsonParseException notJson) {
      boolean duplicate = notJson.getOriginalMessage().startsWith("Duplicate");
      throw new MalformedAnswer(WHOLE, duplicate ? "must not name a key twice" : "must be JSON");
    } catch (JsonProcessingException trailing) {
      throw new MalformedAnswer(WHOLE, "must hold one JSON value and nothing behind it");
    }
    if (value.isMissingNode()) {
      throw new MalformedAnswer(WHOLE, "must not be empty");
    }
    return value;
  }

  /**
   * The one object in {@code bytes}.
   *
   * @throws MalformedAnswer if they are not strict JSON or another kind of value
   */
  public static ObjectNode parseObject(Bytes bytes) {
    if (parse(bytes) instanceof ObjectNode object) {
      return object;
    }
    throw new MalformedAnswer(WHOLE, "must be a JSON object");
  }

  /** The compact UTF-8 form, keys in their order. */
  public static Bytes write(JsonNode value) {
    try {
      return Bytes.owning(MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree in memory can be written", impossible);
    }
  }

  /** An empty object to fill. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * The text of {@code bytes}.
   *
   * @throws MalformedAnswer if they are not valid UTF-8
   */
  static String strictUtf8(String field, Bytes bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.view()).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedAnswer(field, "must be valid UTF-8");
    }
  }
}
