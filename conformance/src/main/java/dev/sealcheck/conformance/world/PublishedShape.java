package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the models of the published clients ask of plaintexts, docs/PROTOCOL.md section 2. */
public final class PublishedShape {

  private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");
  private static final List<String> COUNTS =
      List.of("prompt_tokens", "completion_tokens", "total_tokens");

  private PublishedShape() {}

  /**
   * Judges a whole chat or text completion.
   *
   * @throws CheckFailed if a part is missing or of another form
   */
  public static void requireAnswer(JsonNode answer) {
    requireHead("an answer", answer);
    if (answer.path("choices").isEmpty()) {
      throw new CheckFailed("an answer with a choice", "none");
    }
    for (JsonNode choice : answer.path("choices")) {
      JsonNode message = choice.path("message");
      require("an integer index in each choice", choice.path("index").isIntegralNumber());
      if (choice.has("text")) {
        require("text that is a string", choice.path("text").isTextual());
      } else {
        require("a message with a role and its content", message.isObject());
        requireRole(message.path("role"));
        boolean content = message.path("content").isTextual();
        require(
            "content that is a string, except beside tool calls", content || callsTool(message));
      }
    }
  }

  /**
   * Judges a chunk of a stream.
   *
   * @throws CheckFailed if a part is missing or of another form
   */
  public static void requireChunk(JsonNode chunk) {
    requireHead("a chunk", chunk);
    for (JsonNode choice : chunk.path("choices")) {
      JsonNode delta = choice.path("delta");
      require("an integer index in each choice", choice.path("index").isIntegralNumber());
      require("a delta in each choice of a chunk", delta.isObject());
      if (delta.hasNonNull("role")) {
        requireRole(delta.path("role"));
      }
      JsonNode content = delta.path("content");
      require(
          "content of a chunk that is absent, null or a string",
          content.isMissingNode() || content.isNull() || content.isTextual());
    }
  }

  /**
   * Judges the usage outside of {@code what}.
   *
   * @throws CheckFailed if there is none or one of the three integers is missing
   */
  public static void requireUsage(String what, Optional<JsonNode> outer) {
    String expected = "usage outside " + what + " with the integers " + String.join(", ", COUNTS);
    JsonNode usage = outer.orElseThrow(() -> new CheckFailed(expected, "none"));
    for (String count : COUNTS) {
      if (!usage.path(count).isIntegralNumber()) {
        throw new CheckFailed(
            expected, usage.has(count) ? "another type of " + count : "no " + count);
      }
    }
  }

  /**
   * Judges the fields that need not be there.
   *
   * @throws CheckFailed if one is there in a form that the published clients do not take
   */
  public static void requireOptionalFields(OpenedAnswer answer) {
    JsonNode json = answer.json();
    requireDetails("inner", json.path("usage"));
    answer.outerUsage().ifPresent(usage -> requireDetails("outer", usage));
    JsonNode tier = json.path("service_tier");
    require("service_tier absent or a string", tier.isMissingNode() || tier.isTextual());
    for (JsonNode choice : json.path("choices")) {
      JsonNode reason = choice.path("stop_reason");
      require(
          "stop_reason of a chunk absent or null",
          !choice.has("delta") || reason.isMissingNode() || reason.isNull());
    }
    boolean pictures = json.has("data") && !json.path("object").asText().equals("list");
    for (JsonNode item : json.path("data")) {
      require("an url in each item of images", !pictures || item.path("url").isTextual());
    }
  }

  private static void requireDetails(String which, JsonNode usage) {
    JsonNode details = usage.path("prompt_tokens_details");
    boolean fits =
        details.isMissingNode()
            || details.isNull()
            || (details.path("cached_tokens").isIntegralNumber()
                && details.path("audio_tokens").isIntegralNumber());
    require(
        "prompt_tokens_details of the "
            + which
            + " usage absent, null, or with cached_tokens and"
            + " audio_tokens",
        fits);
  }

  private static void requireHead(String what, JsonNode plaintext) {
    for (String key : List.of("id", "object", "model")) {
      require(what + " with a string " + key, plaintext.path(key).isTextual());
    }
    require(what + " with an integer created", plaintext.path("created").isIntegralNumber());
    require(what + " with a list of choices", plaintext.path("choices").isArray());
  }

  private static void requireRole(JsonNode role) {
    require("a role of " + ROLES.stream().sorted().toList(), ROLES.contains(role.asText()));
  }

  private static boolean callsTool(JsonNode message) {
    return message.path("tool_calls").isArray() && !message.path("tool_calls").isEmpty();
  }

  private static void require(String expected, boolean holds) {
    if (!holds) {
      throw new CheckFailed(expected, "a plaintext without");
    }
  }
}
