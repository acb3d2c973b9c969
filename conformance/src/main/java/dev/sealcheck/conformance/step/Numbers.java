package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What is no positive integer of docs/PROTOCOL.md section 2, made of a right value so that a reader
 * which rounds, wraps or converts gets that one back.
 */
final class Numbers {

  private Numbers() {}

  /** Each with words for it. */
  static Map<String, LongFunction<JsonNode>> wrong() {
    Map<String, LongFunction<JsonNode>> wrong = new LinkedHashMap<>();
    wrong.put("zero", right -> written("0"));
    wrong.put("minus zero", right -> written("-0"));
    wrong.put("negative", right -> written("-" + right));
    wrong.put("with a fraction of zero", right -> written(right + ".0"));
    wrong.put("with a fraction", right -> written(right + ".25"));
    wrong.put("with an exponent of zero", right -> written(right + "e0"));
    wrong.put("with an exponent", right -> written(right + "000E-3"));
    wrong.put("as text", right -> TextNode.valueOf(Long.toString(right)));
    wrong.put("true", right -> BooleanNode.TRUE);
    wrong.put(
        "wrapping around at 64 bits", right -> written(plus(BigInteger.ONE.shiftLeft(64), right)));
    wrong.put("of 2 to the 63rd", right -> written(plus(BigInteger.ONE.shiftLeft(63), 0)));
    return wrong;
  }

  /** A value that is written as exactly this text. */
  static JsonNode written(String json) {
    return new POJONode(new RawValue(json));
  }

  private static String plus(BigInteger base, long right) {
    return base.add(BigInteger.valueOf(right)).toString();
  }
}
