package dev.sealcheck.node.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a text answer cost.
 *
 * @param promptTokens tokens of all prompts
 * @param completionTokens tokens of all choices
 */
record Usage(int promptTokens, int completionTokens) {

  /** The three counts that SDK models need. Source: docs/PROTOCOL.md section 2. */
  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", completionTokens)
        .put("total_tokens", promptTokens + completionTokens);
  }
}
