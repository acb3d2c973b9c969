package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Requests that any chat model can answer; what they ask about comes from the check's seed. */
public final class Recipes {

  /** Enough for any model to say something, little enough to cost little. */
  private static final int SHORT_ANSWER_TOKENS = 24;

  /** At the reference's 50 events per second this streams for about two seconds. */
  private static final int LONG_ANSWER_TOKENS = 100;

  private static final List<String> TOPICS =
      List.of(
          "lighthouses",
          "bread",
          "tides",
          "bicycles",
          "maps",
          "chess",
          "rain",
          "bridges",
          "tea",
          "owls",
          "mountains",
          "clocks");

  private final String model;
  private final String marker;
  private final int maxTokens;
  private final Random random;

  Recipes(String model, String marker, long seed, int maxTokens) {
    this.model = model;
    this.marker = marker;
    this.maxTokens = maxTokens;
    this.random = new Random(seed);
  }

  /** A chat request that is answered at once, with a short answer. */
  public RequestRecipe chat() {
    return of(Endpoint.CHAT, Optional.of(false), chatBody(sentence(), false, SHORT_ANSWER_TOKENS));
  }

  /** A chat request that is answered as a short stream. */
  public RequestRecipe chatStream() {
    return of(Endpoint.CHAT, Optional.of(true), chatBody(sentence(), true, SHORT_ANSWER_TOKENS));
  }

  /** A chat request whose stream any model needs a while for. */
  public RequestRecipe longChatStream() {
    String prompt = "Tell me a long story about " + topic() + ".";
    return of(Endpoint.CHAT, Optional.of(true), chatBody(prompt, true, LONG_ANSWER_TOKENS));
  }

  /** A chat request with this text as its prompt. */
  public RequestRecipe chatAbout(String prompt) {
    return of(Endpoint.CHAT, Optional.of(false), chatBody(prompt, false, SHORT_ANSWER_TOKENS));
  }

  /** A completion of a text. */
  public RequestRecipe completion(boolean stream) {
    ObjectNode body = body();
    body.put("prompt", "A short saying about " + topic() + ":");
    body.put("max_tokens", tokens(SHORT_ANSWER_TOKENS));
    body.put("stream", stream);
    return of(Endpoint.COMPLETIONS, Optional.of(stream), body);
  }

  /** An embedding of a sentence, by that model. */
  public RequestRecipe embedding(String embeddingsModel) {
    ObjectNode body = body();
    body.put("model", embeddingsModel);
    body.put("input", sentence());
    return of(Endpoint.EMBEDDINGS, Optional.empty(), body);
  }

  /** A picture of the smallest common size, by that model. */
  public RequestRecipe image(String imageModel) {
    ObjectNode body = body();
    body.put("model", imageModel);
    body.put("prompt", "A drawing of " + topic());
    body.put("n", 1);
    body.put("size", "256x256");
    return of(Endpoint.IMAGES, Optional.empty(), body);
  }

  /** The body of {@link #chat()}, to be changed and given to {@link #of}. */
  public ObjectNode chatBody() {
    return chatBody(sentence(), false, SHORT_ANSWER_TOKENS);
  }

  /** A body with the model and the check's marker only. */
  public ObjectNode body() {
    ObjectNode body = StrictJson.object();
    body.put("model", model);
    body.put("user", marker);
    return body;
  }

  /** A recipe of any body; the envelope names the body's model where that is a string. */
  public RequestRecipe of(Endpoint endpoint, Optional<Boolean> stream, ObjectNode body) {
    String named = body.path("model").isTextual() ? body.get("model").textValue() : model;
    return RequestRecipe.of(endpoint, named, stream, StrictJson.write(body));
  }

  private ObjectNode chatBody(String prompt, boolean stream, int atMost) {
    ObjectNode body = body();
    body.putArray("messages").addObject().put("role", "user").put("content", prompt);
    body.put("max_tokens", tokens(atMost));
    body.put("stream", stream);
    return body;
  }

  private int tokens(int wanted) {
    return Math.min(wanted, maxTokens);
  }

  private String sentence() {
    return "Tell me in one sentence about " + topic() + ".";
  }

  private synchronized String topic() {
    return TOPICS.get(random.nextInt(TOPICS.size()));
  }
}
