package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * The text of an ordinary answer and its tokens, a word being a token: another text for every call,
 * the same number of tokens for the same body.
 *
 * @param words at most as many as the body's limit
 * @param cut whether the limit left words out
 * @param promptTokens the words of the prompt, 1 to 256
 * @param choices how many answers are asked for, 1 to 8
 */
record AnswerText(List<String> words, boolean cut, int promptTokens, int choices) {
  private static final int MAX_PROMPT_TOKENS = 256;
  private static final int MAX_CHOICES = 8;
  private static final int PIECES = 6;
  private static final List<String> REST =
      List.of(
          "comes", "from", "an", "engine", "that", "a", "test", "plays,", "word", "by", "word.");

  AnswerText {
    words = List.copyOf(words);
  }

  static AnswerText of(EngineCall call) {
    ObjectNode body = call.json();
    List<String> words = new ArrayList<>(List.of("Answer-" + call.serial()));
    words.addAll(REST);
    int limit = Math.min(limit(body.path("max_tokens")), limit(body.path("max_completion_tokens")));
    int kept = Math.min(limit, words.size());
    int prompt = 0;
    for (String field : List.of("messages", "prompt", "input")) {
      prompt = countWords(body.path(field), prompt);
    }
    return new AnswerText(
        words.subList(0, kept),
        kept < words.size(),
        Math.max(1, prompt),
        Math.min(MAX_CHOICES, Math.max(1, body.path("n").intValue())));
  }

  private static int limit(JsonNode field) {
    return field.isIntegralNumber() && field.canConvertToInt()
        ? Math.max(1, field.intValue())
        : Integer.MAX_VALUE;
  }

  private static int countWords(JsonNode value, int before) {
    int count = before;
    if (value.isTextual()) {
      StringTokenizer words = new StringTokenizer(value.textValue());
      while (count < MAX_PROMPT_TOKENS && words.hasMoreTokens()) {
        words.nextToken();
        count++;
      }
    }
    for (JsonNode inner : value) {
      count = countWords(inner, count);
    }
    return count;
  }

  /** The whole text of one choice. */
  String whole() {
    return String.join(" ", words);
  }

  /** The text in six pieces, or one for each word where there are fewer; joined they are all. */
  List<String> pieces() {
    List<String> pieces = new ArrayList<>();
    int count = Math.min(PIECES, words.size());
    for (int i = 0; i < count; i++) {
      int from = i * words.size() / count;
      String piece = String.join(" ", words.subList(from, (i + 1) * words.size() / count));
      pieces.add(i == 0 ? piece : " " + piece);
    }
    return pieces;
  }

  /** Why a choice ends, as the API calls it. */
  String finishReason() {
    return cut ? "length" : "stop";
  }

  /** The tokens of all choices. */
  int completionTokens() {
    return words.size() * choices;
  }
}
