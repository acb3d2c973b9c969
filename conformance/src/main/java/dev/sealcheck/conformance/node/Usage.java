package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.StrictJson;
import java.util.List;

/** The usage of an answer: three counts that add up (docs/PROTOCOL.md section 2). */
final class Usage {
  static final String FIELD = "usage";

  private static final List<String> COUNTS =
      List.of("prompt_tokens", "completion_tokens", "total_tokens");

  private Usage() {}

  static ObjectNode of(long prompt, long completion) {
    ObjectNode usage = StrictJson.object();
    usage.put(COUNTS.get(0), prompt);
    usage.put(COUNTS.get(1), completion);
    usage.put(COUNTS.get(2), prompt + completion);
    return usage;
  }

  /** A usage whose three counts are all {@code value}, whatever that is. */
  static ObjectNode all(JsonNode value) {
    ObjectNode usage = StrictJson.object();
    COUNTS.forEach(count -> usage.set(count, value));
    return usage;
  }
}
