package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fields beyond the API's minimum, as real engines such as vLLM write them. */
final class EngineFields {
  /** The end-of-turn token that vLLM names as the reason where a Llama 3 model stops. */
  private static final int END_OF_TURN_TOKEN = 128_009;

  private EngineFields() {}

  /** Adds fields that clients must do without and may ignore; the published SDKs take them all. */
  static void addHarmless(ObjectNode tree) {
    tree.putNull("system_fingerprint");
    tree.putNull("prompt_logprobs");
    tree.putNull("prompt_token_ids");
    tree.putNull("kv_transfer_params");
    for (JsonNode choice : tree.path("choices")) {
      ObjectNode fields = (ObjectNode) choice;
      fields.putNull("logprobs");
      fields.putNull("stop_reason");
      fields.putNull("token_ids");
      if (fields.path("message") instanceof ObjectNode message) {
        message.putNull("refusal");
        message.putNull("reasoning_content");
      }
    }
    for (JsonNode item : tree.path("data")) {
      ((ObjectNode) item).putNull("revised_prompt");
    }
    if (tree.path("usage") instanceof ObjectNode usage) {
      usage.putNull("prompt_tokens_details");
    }
  }

  /**
   * Adds what an engine says and the published SDKs do not take (docs/PROTOCOL.md section 2): half
   * of the prompt's token details, a number as stop reason, no service tier in chunks.
   */
  static void addUnfit(ObjectNode tree) {
    tree.putNull("service_tier");
    for (JsonNode choice : tree.path("choices")) {
      if (!choice.path("finish_reason").isNull()) {
        ((ObjectNode) choice).put("stop_reason", END_OF_TURN_TOKEN);
      }
    }
    if (tree.path("usage") instanceof ObjectNode usage) {
      usage.putObject("prompt_tokens_details").put("cached_tokens", 1);
    }
  }
}
