package dev.sealcheck.protocol.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON object or array and nothing else: strict UTF-8 without a BOM, no duplicate keys at
 * any depth, no trailing data, bounded nesting, numbers kept as written. Key order is kept.
 */
public final class StrictJson {

  /** Deep enough for any tool schema, far below what exhausts a thread's stack. */
  private static final int MAX_NESTING = 256;

  /** No number of the protocol has more than 19 digits; engines write at most 17 significant. */
  private static final int MAX_NUMBER_LENGTH = 128;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxStringLength(64 * 1024 * 1024)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private StrictJson() {}

  /**
   * The object that {@code utf8} holds.
   *
   * @param what a word for the whole message, used in errors
   * @throws MalformedMessageException if the bytes are not exactly one JSON object as described
   *     above; the message holds nothing of the input
   */
  public static ObjectNode parseObject(String what, byte[] utf8) throws MalformedMessageException {
    if (parse(what, utf8) instanceof ObjectNode object) {
      return object;
    }
    throw new MalformedMessageException(what, "must be a JSON object");
  }

  /**
   * The array that {@code utf8} holds, read as strictly as {@link #parseObject}.
   *
   * @param what a word for the whole message, used in errors
   * @throws MalformedMessageException if the bytes are not exactly one JSON array
   */
  public static ArrayNode parseArray(String what, byte[] utf8) throws MalformedMessageException {
    if (parse(what, utf8) instanceof ArrayNode array) {
      return array;
    }
    throw new MalformedMessageException(what, "must be a JSON array");
  }

  private static JsonNode parse(String what, byte[] utf8) throws MalformedMessageException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMessageException(what, "must be valid UTF-8");
    }
    if (text.startsWith("\uFEFF")) {
      throw new MalformedMessageException(what, "must not start with a byte order mark");
    }
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      // The parser's message quotes the input, so it goes no further.
      throw new MalformedMessageException(what, "must be one JSON value without duplicate keys");
    }
  }

  /** An empty object to fill; keys keep the order in which they are set. */
  public static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  /** The compact UTF-8 JSON of {@code node}, keys in their order. */
  public static byte[] write(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }
}
