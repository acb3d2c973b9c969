package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
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

  /** 128 random bits make the unsalted hash of the body unguessable. */
  private static final int BLINDING_BYTES = 16;

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
  private final Random random;

  Recipes(String model, long seed) {
    this.model = model;
    this.random = new Random(seed);
  }

  /** A chat request that is answered at once, with a short answer. */
  public RequestRecipe chat() {
    return chat("Tell me in one sentence about " + topic() + ".", false, SHORT_ANSWER_TOKENS);
  }

  /** A chat request that is answered as a short stream. */
  public RequestRecipe chatStream() {
    return chat("Tell me in one sentence about " + topic() + ".", true, SHORT_ANSWER_TOKENS);
  }

  /** A chat request whose stream any model needs a while for. */
  public RequestRecipe longChatStream() {
    return chat("Tell me a long story about " + topic() + ".", true, LONG_ANSWER_TOKENS);
  }

  /** A chat request with this text as its prompt. */
  public RequestRecipe chatAbout(String prompt) {
    return chat(prompt, false, SHORT_ANSWER_TOKENS);
  }

  private RequestRecipe chat(String prompt, boolean stream, int maxTokens) {
    ObjectNode body = StrictJson.object();
    body.put("model", model);
    body.putArray("messages").addObject().put("role", "user").put("content", prompt);
    body.put("max_tokens", maxTokens);
    body.put("stream", stream);
    body.put("user", Bytes.random(BLINDING_BYTES).toHex());
    return RequestRecipe.of(Endpoint.CHAT, model, Optional.of(stream), StrictJson.write(body));
  }

  private synchronized String topic() {
    return TOPICS.get(random.nextInt(TOPICS.size()));
  }
}
