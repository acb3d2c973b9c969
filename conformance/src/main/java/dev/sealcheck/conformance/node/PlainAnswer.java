package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.StrictJson;
import java.util.List;

/**
 * What an engine could have said to one request, in the shapes of docs/PROTOCOL.md section 2; the
 * text is another one every time. A piece of text counts as one token.
 */
final class PlainAnswer {
  private static final List<String> WORDS =
      List.of(
          "grey", "stones", "carry", "the", "old", "harbour", "light", "across", "calm", "water");
  private static final int FULL_LENGTH_PIECES = 6;
  private static final int MAX_PROMPT_TOKENS = 20;
  private static final int PROMPT_BYTES_PER_TOKEN = 16;
  private static final int MAX_IMAGES = 16;
  private static final int EMBEDDING_LENGTH = 4;

  private final OpenedRequest request;
  private final ObjectNode asked;
  private final long createdSeconds;
  private final boolean chat;
  private final String id;
  private final Bytes choice = Bytes.random(32);
  private final int pieces;

  PlainAnswer(OpenedRequest request, long createdSeconds) {
    this.request = request;
    this.asked = request.json();
    this.createdSeconds = createdSeconds;
    this.chat = request.endpoint() == Endpoint.CHAT;
    this.id = (chat ? "chatcmpl-" : "cmpl-") + Bytes.random(8).toHex();
    this.pieces = (int) Math.min(FULL_LENGTH_PIECES, maxTokens());
  }

  /** The whole answer, not streamed. */
  ObjectNode whole() {
    return switch (request.endpoint()) {
      case CHAT, COMPLETIONS -> completion();
      case EMBEDDINGS -> embeddings();
      case IMAGES -> images();
    };
  }

  /** How many pieces of text a whole answer has; at most the tokens asked for. */
  int pieces() {
    return pieces;
  }

  /** The chunk with piece {@code index} of the text; there is one for every index from 0. */
  ObjectNode piece(int index) {
    ObjectNode chunk = head(chat ? "chat.completion.chunk" : "text_completion");
    ObjectNode first = choice(chunk);
    if (chat) {
      ObjectNode delta = first.putObject("delta");
      if (index == 0) {
        delta.put("role", "assistant");
      }
      delta.put("content", text(index));
    } else {
      first.put("text", text(index));
    }
    first.putNull("finish_reason");
    return chunk;
  }

  /** The chunk that ends the text. */
  ObjectNode finish() {
    ObjectNode chunk = head(chat ? "chat.completion.chunk" : "text_completion");
    ObjectNode first = choice(chunk);
    if (chat) {
      first.putObject("delta");
    } else {
      first.put("text", "");
    }
    first.put("finish_reason", finishReason());
    return chunk;
  }

  /** The last chunk, which says that {@code count} pieces were made. */
  ObjectNode usage(int count) {
    ObjectNode chunk = head(chat ? "chat.completion.chunk" : "text_completion");
    chunk.putArray("choices");
    chunk.set(Usage.FIELD, Usage.of(promptTokens(), count));
    return chunk;
  }

  private ObjectNode completion() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(text(i));
    }
    ObjectNode answer = head(chat ? "chat.completion" : "text_completion");
    ObjectNode first = choice(answer);
    if (chat) {
      first.putObject("message").put("role", "assistant").put("content", text.toString());
    } else {
      first.put("text", text.toString());
    }
    first.put("finish_reason", finishReason());
    answer.set(Usage.FIELD, Usage.of(promptTokens(), pieces));
    return answer;
  }

  private ObjectNode embeddings() {
    JsonNode input = asked.path("input");
    int inputs = input.isArray() && input.path(0).isTextual() ? input.size() : 1;
    ObjectNode answer = StrictJson.object();
    answer.put("object", "list");
    ArrayNode data = answer.putArray("data");
    for (int i = 0; i < inputs; i++) {
      ObjectNode item = data.addObject();
      item.put("object", "embedding").put("index", i);
      ArrayNode numbers = item.putArray("embedding");
      for (int n = 0; n < EMBEDDING_LENGTH; n++) {
        numbers.add((choice.at((i + n) % choice.length()) - 128) / 256.0);
      }
    }
    answer.put("model", request.model());
    // The engine leaves completion_tokens out; the node adds it before it seals.
    answer.set(Usage.FIELD, Usage.of(promptTokens(), 0));
    return answer;
  }

  private ObjectNode images() {
    long count = Math.max(1, Math.min(MAX_IMAGES, asked.path("n").asLong(1)));
    ObjectNode answer = StrictJson.object();
    answer.put("created", createdSeconds);
    ArrayNode data = answer.putArray("data");
    for (int i = 0; i < count; i++) {
      data.addObject().put("url", "https://images.example/" + Bytes.random(8).toHex() + ".png");
    }
    return answer;
  }

  private ObjectNode head(String object) {
    ObjectNode head = StrictJson.object();
    head.put("id", id);
    head.put("object", object);
    head.put("created", createdSeconds);
    head.put("model", request.model());
    return head;
  }

  private static ObjectNode choice(ObjectNode of) {
    return of.putArray("choices").addObject().put("index", 0);
  }

  private String text(int index) {
    String word = WORDS.get(choice.at(index % choice.length()) % WORDS.size());
    return index == 0 ? word : " " + word;
  }

  private String finishReason() {
    return pieces < FULL_LENGTH_PIECES ? "length" : "stop";
  }

  private long promptTokens() {
    return 1L + Math.min(MAX_PROMPT_TOKENS, request.plaintext().length() / PROMPT_BYTES_PER_TOKEN);
  }

  private long maxTokens() {
    long most = FULL_LENGTH_PIECES;
    for (String limit : List.of("max_tokens", "max_completion_tokens")) {
      JsonNode value = asked.path(limit);
      if (value.isIntegralNumber()) {
        most = Math.min(most, value.longValue());
      }
    }
    return Math.max(1, most);
  }
}
