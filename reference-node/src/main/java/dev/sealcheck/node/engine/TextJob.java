package dev.sealcheck.node.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A chat or completion request, read and counted.
 *
 * @param form the shape of its answers
 * @param model the model's name
 * @param prompts one for a chat, one or more for a completion
 * @param choicesPerPrompt {@code n}
 * @param maxTokens the limit for each choice
 * @param stops texts that end a choice
 * @param promptTokens tokens of all prompts
 * @param includeUsage whether a stream ends with a chunk that tells the usage
 */
record TextJob(
    TextForm form,
    String model,
    List<Prompt> prompts,
    int choicesPerPrompt,
    int maxTokens,
    List<String> stops,
    int promptTokens,
    boolean includeUsage) {

  private static final int MOST_STOPS = 16;

  /**
   * What one text is generated from.
   *
   * @param seed everything the text depends on
   * @param echo where it may take words from
   */
  record Prompt(String seed, String echo) {

    @Override
    public String toString() {
      return "Prompt[" + seed.length() + " chars]";
    }
  }

  static TextJob read(TextForm form, EngineRequest request) throws EngineException {
    Fields fields = new Fields(request.body());
    List<Prompt> prompts = new ArrayList<>();
    int promptTokens = form.readPrompts(fields, prompts);
    int perPrompt = fields.positive("n", 1, BuiltInEngine.MOST_CHOICES);
    if ((long) perPrompt * prompts.size() > BuiltInEngine.MOST_CHOICES) {
      throw EngineException.invalidRequest(
          "n for every prompt makes more than " + BuiltInEngine.MOST_CHOICES + " choices");
    }
    int maxTokens =
        Math.min(
            fields.positive("max_tokens", Integer.MAX_VALUE, Integer.MAX_VALUE),
            fields.positive("max_completion_tokens", Integer.MAX_VALUE, Integer.MAX_VALUE));
    return new TextJob(
        form,
        fields.text("model"),
        List.copyOf(prompts),
        perPrompt,
        maxTokens,
        readStops(fields),
        promptTokens,
        readIncludeUsage(request));
  }

  /** The choices, in the order of their indexes: all of the first prompt, then of the next. */
  List<Choice> generate() {
    List<Choice> choices = new ArrayList<>(prompts.size() * choicesPerPrompt);
    for (Prompt prompt : prompts) {
      for (int i = 0; i < choicesPerPrompt; i++) {
        // The number of the prompt is left out: the same prompt twice gives the same text.
        String natural =
            Speaker.speak(Seed.random(model, prompt.seed, Integer.toString(i)), prompt.echo);
        choices.add(Choice.cut(natural, maxTokens, stops));
      }
    }
    return List.copyOf(choices);
  }

  @Override
  public String toString() {
    return "TextJob[" + form + ", " + prompts.size() + " prompts, " + promptTokens + " tokens]";
  }

  private static List<String> readStops(Fields fields) throws EngineException {
    boolean emptyList =
        fields.has("stop")
            && fields.required("stop").isArray()
            && fields.required("stop").isEmpty();
    if (!fields.has("stop") || emptyList) {
      return List.of();
    }
    // An empty text stops nothing, and one that UTF-8 cannot carry is never generated.
    return fields.texts("stop", MOST_STOPS).stream()
        .filter(stop -> !stop.isEmpty() && stop.equals(Tokens.wellFormed(stop)))
        .toList();
  }

  private static boolean readIncludeUsage(EngineRequest request) {
    JsonNode include = request.body().path("stream_options").path("include_usage");
    return include.isBoolean() && include.booleanValue();
  }
}
