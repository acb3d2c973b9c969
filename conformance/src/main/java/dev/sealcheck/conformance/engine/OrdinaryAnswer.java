package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.StrictJson;

/**
 * Whole answers of the shapes that docs/PROTOCOL.md section 2 asks for, as an engine gives them.
 */
final class OrdinaryAnswer {
  private static final int EMBEDDING_SIZE = 8;
  private static final int MAX_ITEMS = 2_048;
  private static final int MAX_IMAGES = 16;

  private OrdinaryAnswer() {}

  /** The good answer to {@code call}, to be sent or changed. */
  static ObjectNode to(EngineCall call) {
    return switch (call.endpoint()) {
      case CHAT, COMPLETIONS -> text(call);
      case EMBEDDINGS -> embeddings(call);
      case IMAGES -> images(call);
    };
  }

  /** Usage as engines write it. */
  static ObjectNode usage(long promptTokens, long completionTokens) {
    return StrictJson.object()
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", completionTokens)
        .put("total_tokens", promptTokens + completionTokens);
  }

  /** The first fields of answers and chunks: id, object, created, model. */
  static ObjectNode head(EngineCall call, String kind) {
    String prefix = call.endpoint() == EngineEndpoint.CHAT ? "chatcmpl-" : "cmpl-";
    return StrictJson.object()
        .put("id", prefix + "scripted-" + call.serial())
        .put("object", kind)
        .put("created", call.arrived().getEpochSecond())
        .put("model", model(call));
  }

  private static String model(EngineCall call) {
    return call.json().path("model").asText("none");
  }

  private static ObjectNode text(EngineCall call) {
    AnswerText text = AnswerText.of(call);
    boolean chat = call.endpoint() == EngineEndpoint.CHAT;
    ObjectNode answer = head(call, chat ? "chat.completion" : "text_completion");
    ArrayNode choices = answer.putArray("choices");
    for (int i = 0; i < text.choices(); i++) {
      ObjectNode choice = choices.addObject().put("index", i);
      if (chat) {
        choice.putObject("message").put("role", "assistant").put("content", text.whole());
      } else {
        choice.put("text", text.whole()).putNull("logprobs");
      }
      choice.put("finish_reason", text.finishReason());
    }
    answer.set("usage", usage(text.promptTokens(), text.completionTokens()));
    return answer;
  }

  private static ObjectNode embeddings(EngineCall call) {
    ObjectNode answer = StrictJson.object().put("object", "list");
    ArrayNode data = answer.putArray("data");
    for (int i = 0; i < inputs(call.json().path("input")); i++) {
      ArrayNode vector =
          data.addObject().put("object", "embedding").put("index", i).putArray("embedding");
      for (int j = 0; j < EMBEDDING_SIZE; j++) {
        vector.add((call.serial() * 31L + i * 7L + j) % 200 / 100.0 - 1);
      }
    }
    answer.put("model", model(call));
    int prompt = AnswerText.of(call).promptTokens();
    // As engines do: no completion tokens (docs/PROTOCOL.md section 2 leaves them to the node).
    answer.putObject("usage").put("prompt_tokens", prompt).put("total_tokens", prompt);
    return answer;
  }

  /** A list of strings or of token lists is many inputs; a string or a token list is one. */
  private static int inputs(JsonNode input) {
    boolean many = input.isArray() && !input.path(0).isNumber();
    return many ? Math.min(MAX_ITEMS, input.size()) : 1;
  }

  private static ObjectNode images(EngineCall call) {
    ObjectNode answer = StrictJson.object().put("created", call.arrived().getEpochSecond());
    ArrayNode data = answer.putArray("data");
    int count = Math.min(MAX_IMAGES, Math.max(1, call.json().path("n").intValue()));
    for (int i = 0; i < count; i++) {
      data.addObject().put("url", "https://images.invalid/" + call.serial() + "-" + i + ".png");
    }
    return answer;
  }
}
