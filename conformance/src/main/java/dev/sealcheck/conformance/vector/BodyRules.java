package dev.sealcheck.conformance.vector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.MalformedAnswer;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a body must hold, and how it agrees with its envelope (docs/PROTOCOL.md 2 and 7). */
final class BodyRules {
  private static final List<String> LIMITS = List.of("max_tokens", "max_completion_tokens");
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d*)x([1-9]\\d*)");
  private static final String USUAL_SIZE = "1024x1024";
  private static final long USUAL_PIXELS = 1024L * 1024;

  private BodyRules() {}

  /**
   * Checks a body.
   *
   * @throws MalformedAnswer if it is no request of its path, or says another thing than the
   *     envelope
   */
  static void check(ReadEnvelope envelope, ObjectNode body) {
    require(envelope.model().equals(body.path("model").textValue()), "model", "the envelope's");
    JsonNode stream = body.path("stream");
    boolean absent = ReadEnvelope.isAbsent(body, "stream");
    require(absent || stream.isBoolean(), "stream", "a boolean");
    require(envelope.stream() == (!absent && stream.booleanValue()), "stream", "the envelope's");
    switch (envelope.endpoint()) {
      case CHAT -> messages(body.path("messages"));
      case COMPLETIONS -> textOrList(body, "prompt");
      case EMBEDDINGS -> textOrList(body, "input");
      case IMAGES -> require(body.path("prompt").isTextual(), "prompt", "a string");
    }
    if (envelope.endpoint() == Endpoint.IMAGES) {
      pixels(envelope, body);
    } else {
      tokens(envelope, body);
    }
  }

  private static void messages(JsonNode messages) {
    require(messages.isArray() && !messages.isEmpty(), "messages", "a list that is not empty");
    for (JsonNode message : messages) {
      JsonNode content = message.path("content");
      require(message.path("role").isTextual(), "role", "a string");
      require(
          content.isMissingNode() || content.isNull() || content.isTextual() || content.isArray(),
          "content",
          "absent, null, a string or a list");
    }
  }

  private static void textOrList(ObjectNode body, String name) {
    JsonNode value = body.path(name);
    require(
        value.isTextual() || (value.isArray() && !value.isEmpty()),
        name,
        "a string or a list that is not empty");
  }

  private static void tokens(ReadEnvelope envelope, ObjectNode body) {
    BigInteger n = count(body, "n");
    for (String limit : LIMITS) {
      BigInteger asked = count(body, limit).multiply(n);
      boolean fits =
          ReadEnvelope.isAbsent(body, limit)
              || envelope.units().isEmpty()
              || asked.compareTo(BigInteger.valueOf(envelope.units().getAsLong())) <= 0;
      require(fits, limit, "within the envelope's units");
    }
  }

  private static void pixels(ReadEnvelope envelope, ObjectNode body) {
    JsonNode size = body.path("size");
    boolean absent = ReadEnvelope.isAbsent(body, "size");
    require(absent || size.isTextual(), "size", "a string");
    Matcher edges = SIZE.matcher(absent ? USUAL_SIZE : size.textValue());
    require(edges.matches(), "size", "WIDTHxHEIGHT");
    BigInteger pixels =
        new BigInteger(edges.group(1))
            .multiply(new BigInteger(edges.group(2)))
            .multiply(count(body, "n"));
    BigInteger units = BigInteger.valueOf(envelope.units().orElse(USUAL_PIXELS));
    require(pixels.compareTo(units) <= 0, "size", "within the units");
  }

  /** The number of a field; one where it is absent or null. */
  private static BigInteger count(ObjectNode body, String name) {
    if (ReadEnvelope.isAbsent(body, name)) {
      return BigInteger.ONE;
    }
    JsonNode value = body.path(name);
    require(
        value.isIntegralNumber() && value.bigIntegerValue().signum() > 0,
        name,
        "an integer above zero");
    return value.bigIntegerValue();
  }

  private static void require(boolean holds, String field, String rule) {
    if (!holds) {
      throw new MalformedAnswer(field, "must be " + rule);
    }
  }
}
