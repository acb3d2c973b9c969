package dev.sealcheck.node.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.node.engine.TextJob.Prompt;
import java.util.List;

/** How the two text endpoints differ in what they read and answer. */
enum TextForm {
  CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk") {
    @Override
    int readPrompts(Fields fields, List<Prompt> prompts) throws EngineException {
      JsonNode messages = fields.required("messages");
      if (!messages.isArray() || messages.isEmpty()) {
        throw EngineException.invalidRequest("messages must be a list of at least one message");
      }
      int tokens = TOKENS_PER_ANSWER;
      StringBuilder last = new StringBuilder();
      for (JsonNode message : messages) {
        last.setLength(0);
        tokens += TOKENS_PER_MESSAGE + readContent(message.path("content"), last);
      }
      prompts.add(new Prompt(messages.toString(), last.toString()));
      return tokens;
    }

    @Override
    void putWhole(ObjectNode choice, String text) {
      choice.putObject("message").put("role", "assistant").put("content", text);
    }

    @Override
    boolean opensWithRole() {
      return true;
    }

    @Override
    void putRole(ObjectNode choice) {
      choice.putObject("delta").put("role", "assistant").put("content", "");
    }

    @Override
    void putPiece(ObjectNode choice, String piece) {
      choice.putObject("delta").put("content", piece);
    }

    @Override
    void putEnd(ObjectNode choice) {
      choice.putObject("delta");
    }
  },

  COMPLETION("cmpl-", "text_completion", "text_completion") {
    @Override
    int readPrompts(Fields fields, List<Prompt> prompts) throws EngineException {
      int tokens = 0;
      for (String text : fields.texts("prompt", BuiltInEngine.MOST_CHOICES)) {
        tokens += Tokens.count(text);
        prompts.add(new Prompt(text, text));
      }
      return tokens;
    }

    @Override
    void putWhole(ObjectNode choice, String text) {
      choice.put("text", text).putNull("logprobs");
    }

    @Override
    boolean opensWithRole() {
      return false;
    }

    @Override
    void putRole(ObjectNode choice) {
      throw new IllegalStateException("a completion has no role");
    }

    @Override
    void putPiece(ObjectNode choice, String piece) {
      putWhole(choice, piece);
    }

    @Override
    void putEnd(ObjectNode choice) {
      putWhole(choice, "");
    }
  };

  /** What a message costs beyond its text: its borders and its role. */
  static final int TOKENS_PER_MESSAGE = 4;

  /** What the beginning of the answer costs, once per conversation. */
  static final int TOKENS_PER_ANSWER = 3;

  private final String idPrefix;
  private final String wholeObject;
  private final String chunkObject;

  TextForm(String idPrefix, String wholeObject, String chunkObject) {
    this.idPrefix = idPrefix;
    this.wholeObject = wholeObject;
    this.chunkObject = chunkObject;
  }

  /** Adds the request's prompts to the list and returns their tokens. */
  abstract int readPrompts(Fields fields, List<Prompt> prompts) throws EngineException;

  /** Puts the whole text of a choice. */
  abstract void putWhole(ObjectNode choice, String text);

  /** Whether a stream begins with the role of each choice. */
  abstract boolean opensWithRole();

  /** Puts the role that opens a streamed choice. */
  abstract void putRole(ObjectNode choice);

  /** Puts the next piece of a streamed choice. */
  abstract void putPiece(ObjectNode choice, String piece);

  /** Puts the nothing that ends a streamed choice beside its finish reason. */
  abstract void putEnd(ObjectNode choice);

  /** What the ids of these answers begin with. */
  String idPrefix() {
    return idPrefix;
  }

  /** The {@code object} of a whole answer. */
  String wholeObject() {
    return wholeObject;
  }

  /** The {@code object} of a chunk. */
  String chunkObject() {
    return chunkObject;
  }

  /** One choice with nothing but its index, to be filled. */
  static ObjectNode choice(int index) {
    return JsonNodeFactory.instance.objectNode().put("index", index);
  }

  // A part that is no text, such as a picture, costs nothing and says nothing to this engine.
  private static int readContent(JsonNode content, StringBuilder text) {
    if (content.isTextual()) {
      text.append(content.textValue());
      return Tokens.count(content.textValue());
    }
    int tokens = 0;
    for (JsonNode part : content) {
      if (part.path("text").isTextual()) {
        text.append(part.get("text").textValue()).append(' ');
        tokens += Tokens.count(part.get("text").textValue());
      }
    }
    return tokens;
  }
}
