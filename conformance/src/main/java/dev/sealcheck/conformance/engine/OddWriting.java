package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Valid JSON that few would write so: keys out of any usual order, numbers in forms that a parser
 * loses, escapes where none are needed, spaces. A hash over anything but the sealed bytes differs.
 */
final class OddWriting {
  /** Keys that no client looks at, in an order that is neither sorted nor usual. */
  private static final String EXTRA =
      "\"z\":[1.0, 1e5, -0.0, 1E-7, 0.10, 12345678901234567890],"
          + "\"a\" : {\"z\":1,\"m\":2,\"a\":3},"
          + "\"m\":\"h\\u00e9llo h\u00e9llo \u2603 \\ud834\\udd1e \uD834\uDD1E \\/ \\u0041\"";

  private OddWriting() {}

  /** The extra keys, then those of {@code tree} from the last to the first. */
  static Bytes of(ObjectNode tree) {
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(tree.properties());
    Collections.reverse(fields);
    StringBuilder text = new StringBuilder("{ ").append(EXTRA);
    for (Map.Entry<String, JsonNode> field : fields) {
      text.append(" ,").append(json(TextNode.valueOf(field.getKey())));
      text.append(": ").append(json(field.getValue()));
    }
    return Bytes.utf8(text.append(" }").toString());
  }

  private static String json(JsonNode value) {
    return StrictJson.write(value).toLenientUtf8();
  }
}
