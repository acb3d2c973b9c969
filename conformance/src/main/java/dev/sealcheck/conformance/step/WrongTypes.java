package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Envelope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The JSON types that a field of the envelope must not have, docs/PROTOCOL.md section 2. Each holds
 * the right value where a type can, so that a reader which converts it serves the request.
 */
final class WrongTypes {

  /** Enough for every short answer, and within the default lock. */
  private static final int UNITS = 64;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> PLAIN_TEXT = Set.of("model_name");

  private WrongTypes() {}

  /** The right value of {@code field}, also where the envelope leaves it out. */
  static JsonNode valid(Envelope envelope, String field) {
    return envelope
        .field(field)
        .orElseGet(
            () -> {
              if (!field.equals("num_compute_units")) {
                throw new IllegalArgumentException("no field " + field + " in " + envelope);
              }
              return IntNode.valueOf(UNITS);
            });
  }

  /** What makes a value of each wrong type of the right one, each with words for it. */
  static Map<String, UnaryOperator<JsonNode>> of(String field) {
    Map<String, UnaryOperator<JsonNode>> changes = new LinkedHashMap<>();
    changes.put("in a list", right -> JSON.arrayNode().add(right));
    changes.put("an empty list", right -> JSON.arrayNode());
    changes.put("in an object", right -> JSON.objectNode().set(field, right));
    if (!field.equals("num_compute_units")) {
      changes.put("null", right -> NullNode.getInstance());
    }
    switch (field) {
      case "stack_small_id", "num_compute_units" -> {
        changes.put("a string", right -> TextNode.valueOf(right.asText()));
        changes.put("a boolean", right -> BooleanNode.TRUE);
      }
      case "stream" -> {
        changes.put("a string", right -> TextNode.valueOf(right.asText()));
        changes.put("a number", right -> IntNode.valueOf(right.booleanValue() ? 1 : 0));
      }
      default -> {
        changes.put("a number", right -> LongNode.valueOf(1));
        changes.put("a boolean", right -> BooleanNode.TRUE);
        if (!PLAIN_TEXT.contains(field)) {
          changes.put("a list of byte values", right -> bytes(right.textValue()));
        }
      }
    }
    return changes;
  }

  private static ArrayNode bytes(String base64) {
    ArrayNode list = JSON.arrayNode();
    Bytes decoded = Base64Text.decode("right value", base64);
    for (int i = 0; i < decoded.length(); i++) {
      list.add(decoded.at(i));
    }
    return list;
  }
}
