package dev.sealcheck.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.Envelope;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.StrictJson;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a body must be before the engine sees it, and how it must agree with its envelope;
 * docs/PROTOCOL.md sections 2 and 7.
 */
final class RequestRules {

  private static final List<String> TOKEN_LIMITS = List.of("max_tokens", "max_completion_tokens");
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");
  private static final String DEFAULT_SIZE = "1024x1024";

  private final List<String> models;

  RequestRules(List<String> models) {
    this.models = List.copyOf(models);
  }

  /**
   * The body as the engine is to be asked.
   *
   * @throws MalformedMessageException if it is no valid request or disagrees with its envelope
   */
  ObjectNode check(Envelope envelope, byte[] plaintext) throws MalformedMessageException {
    ObjectNode body = StrictJson.parseObject("body", plaintext);
    model(envelope, body);
    stream(envelope, body);
    switch (envelope.path()) {
      case CHAT_COMPLETIONS -> messages(body);
      case COMPLETIONS -> textOrList(body, "prompt");
      case EMBEDDINGS -> textOrList(body, "input");
      case IMAGES -> text(body, "prompt");
    }
    if (envelope.path() == ConfidentialPath.IMAGES) {
      pixels(envelope, body);
    } else {
      tokens(envelope, body);
    }
    if (envelope.stream()) {
      streamOptions(body).put("include_usage", true);
    }
    return body;
  }

  private void model(Envelope envelope, ObjectNode body) throws MalformedMessageException {
    JsonNode model = body.get("model");
    if (model == null || !model.isTextual()) {
      throw new MalformedMessageException("model", "must be a string");
    }
    if (!model.textValue().equals(envelope.modelName())) {
      throw new MalformedMessageException("model", "must be the envelope's");
    }
    if (!models.contains(model.textValue())) {
      throw new MalformedMessageException("model", "is not served here");
    }
  }

  private static void stream(Envelope envelope, ObjectNode body) throws MalformedMessageException {
    JsonNode stream = body.get("stream");
    boolean absent = stream == null || stream.isNull();
    if (!absent && !stream.isBoolean()) {
      throw new MalformedMessageException("stream", "must be true or false");
    }
    if (envelope.stream() != (!absent && stream.booleanValue())) {
      throw new MalformedMessageException("stream", "must be the envelope's");
    }
  }

  private static void messages(ObjectNode body) throws MalformedMessageException {
    JsonNode messages = body.get("messages");
    if (messages == null || !messages.isArray() || messages.isEmpty()) {
      throw new MalformedMessageException("messages", "must be a non-empty list");
    }
    for (JsonNode message : messages) {
      JsonNode content = message.path("content");
      boolean contentOk =
          content.isMissingNode() || content.isNull() || content.isTextual() || content.isArray();
      if (!message.path("role").isTextual() || !contentOk) {
        throw new MalformedMessageException("messages", "must hold objects with role and content");
      }
    }
  }

  private static void textOrList(ObjectNode body, String field) throws MalformedMessageException {
    JsonNode value = body.path(field);
    if (!value.isTextual() && !(value.isArray() && !value.isEmpty())) {
      throw new MalformedMessageException(field, "must be a string or a non-empty list");
    }
  }

  private static void text(ObjectNode body, String field) throws MalformedMessageException {
    if (!body.path(field).isTextual()) {
      throw new MalformedMessageException(field, "must be a string");
    }
  }

  private static void tokens(Envelope envelope, ObjectNode body) throws MalformedMessageException {
    BigInteger n = count(body, "n");
    BigInteger units = BigInteger.valueOf(envelope.units());
    for (String field : TOKEN_LIMITS) {
      if (absent(body, field)) {
        continue;
      }
      if (count(body, field).multiply(n).compareTo(units) > 0) {
        if (envelope.numComputeUnits().isPresent()) {
          throw new MalformedMessageException(field, "must fit the envelope's units");
        }
        body.put(field, units.divide(n).max(BigInteger.ONE).longValueExact());
      }
    }
  }

  private static void pixels(Envelope envelope, ObjectNode body) throws MalformedMessageException {
    String size = absent(body, "size") ? DEFAULT_SIZE : body.get("size").asText();
    Matcher edges = SIZE.matcher(size);
    if (!edges.matches()) {
      throw new MalformedMessageException("size", "must be WIDTHxHEIGHT");
    }
    BigInteger pixels =
        new BigInteger(edges.group(1))
            .multiply(new BigInteger(edges.group(2)))
            .multiply(count(body, "n"));
    if (pixels.compareTo(BigInteger.valueOf(envelope.units())) > 0) {
      throw new MalformedMessageException("size", "must fit the units");
    }
  }

  private static BigInteger count(ObjectNode body, String field) throws MalformedMessageException {
    if (absent(body, field)) {
      return BigInteger.ONE;
    }
    JsonNode value = body.get(field);
    if (!value.isIntegralNumber() || value.bigIntegerValue().signum() <= 0) {
      throw new MalformedMessageException(field, "must be a positive integer");
    }
    return value.bigIntegerValue();
  }

  private static boolean absent(ObjectNode body, String field) {
    JsonNode value = body.get(field);
    return value == null || value.isNull();
  }

  private static ObjectNode streamOptions(ObjectNode body) throws MalformedMessageException {
    if (absent(body, "stream_options")) {
      return body.putObject("stream_options");
    }
    if (body.get("stream_options") instanceof ObjectNode options) {
      return options;
    }
    throw new MalformedMessageException("stream_options", "must be an object");
  }
}
