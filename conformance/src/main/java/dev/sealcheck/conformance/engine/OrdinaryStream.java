package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The chunks of good streams (docs/PROTOCOL.md sections 2 and 6): about six with content for each
 * choice, one with its finish reason, one with usage.
 */
final class OrdinaryStream {
  private OrdinaryStream() {}

  /** All chunks of a good answer up to the last finish reason. */
  static List<ObjectNode> chunks(EngineCall call) {
    AnswerText text = AnswerText.of(call);
    List<ObjectNode> chunks = new ArrayList<>();
    for (int choice = 0; choice < text.choices(); choice++) {
      boolean first = true;
      for (String piece : text.pieces()) {
        chunks.add(content(call, choice, piece, first));
        first = false;
      }
      chunks.add(finish(call, choice, text.finishReason()));
    }
    return chunks;
  }

  /** A chunk with a piece of text; the first of a chat names the role. */
  static ObjectNode content(EngineCall call, int choice, String text, boolean first) {
    ObjectNode chunk = empty(call);
    ObjectNode item = chunk.withArray("choices").addObject().put("index", choice);
    if (isChat(call)) {
      ObjectNode delta = item.putObject("delta");
      if (first) {
        delta.put("role", "assistant");
      }
      delta.put("content", text);
    } else {
      item.put("text", text).putNull("logprobs");
    }
    item.putNull("finish_reason");
    return chunk;
  }

  /** The chunk that ends a choice. */
  static ObjectNode finish(EngineCall call, int choice, String reason) {
    ObjectNode chunk = content(call, choice, "", false);
    ((ObjectNode) chunk.path("choices").path(0)).put("finish_reason", reason);
    return chunk;
  }

  /** The chunk without choices that carries what the whole answer used. */
  static ObjectNode usage(EngineCall call) {
    AnswerText text = AnswerText.of(call);
    return usage(call, text.promptTokens(), text.completionTokens());
  }

  /** The chunk without choices that carries these numbers. */
  static ObjectNode usage(EngineCall call, long promptTokens, long completionTokens) {
    ObjectNode chunk = empty(call);
    chunk.set("usage", OrdinaryAnswer.usage(promptTokens, completionTokens));
    return chunk;
  }

  private static ObjectNode empty(EngineCall call) {
    ObjectNode chunk =
        OrdinaryAnswer.head(call, isChat(call) ? "chat.completion.chunk" : "text_completion");
    chunk.putArray("choices");
    return chunk;
  }

  private static boolean isChat(EngineCall call) {
    return call.endpoint() == EngineEndpoint.CHAT;
  }
}
