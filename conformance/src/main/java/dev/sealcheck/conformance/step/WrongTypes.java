package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The JSON types that a field of the envelope must not have, docs/PROTOCOL.md section 2. */
final class WrongTypes {

  private static final Set<String> INTEGERS = Set.of("stack_small_id", "num_compute_units");

  private WrongTypes() {}

  /** Values of every wrong type for {@code field}, each with a word for it. */
  static Map<String, JsonNode> of(String field) {
    boolean integer = INTEGERS.contains(field);
    boolean flag = field.equals("stream");
    Map<String, JsonNode> values = new LinkedHashMap<>();
    values.put("a list", JsonNodeFactory.instance.arrayNode());
    values.put("an object", JsonNodeFactory.instance.objectNode());
    if (!field.equals("num_compute_units")) {
      values.put("null", NullNode.getInstance());
    }
    if (!flag) {
      values.put("a boolean", BooleanNode.TRUE);
    }
    if (integer) {
      values.put("a fraction", DecimalNode.valueOf(new BigDecimal("7.5")));
      values.put("a string", TextNode.valueOf("7"));
    } else {
      values.put("a number", IntNode.valueOf(1));
    }
    if (flag) {
      values.put("a string", TextNode.valueOf("true"));
    }
    return values;
  }
}
