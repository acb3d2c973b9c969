package dev.sealcheck.node.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds requests and reads answers for the tests of this package. */
final class Requests {

  static final String MODEL = "test/small";

  private static final JsonMapper JSON = new JsonMapper();

  private Requests() {}

  static BuiltInEngine unpaced() {
    return new BuiltInEngine(List.of(MODEL), 0, 4, new HandMovedTime());
  }

  /** A request with the model and the fields of {@code json}, written with single quotes. */
  static EngineRequest request(Endpoint endpoint, String json) {
    ObjectNode body = JSON.createObjectNode().put("model", MODEL);
    body.setAll((ObjectNode) read(json.replace('\'', '"').getBytes(UTF_8)));
    return new EngineRequest(endpoint, body);
  }

  /** A chat of one message. */
  static EngineRequest chat(String prompt) {
    EngineRequest request = request(Endpoint.CHAT_COMPLETIONS, "{}");
    request.body().putArray("messages").addObject().put("role", "user").put("content", prompt);
    return request;
  }

  /** A chat of one fixed message with more fields. */
  static EngineRequest chatWith(String json) {
    EngineRequest request = chat("Tell me about the sea.");
    request.body().setAll(request(Endpoint.CHAT_COMPLETIONS, json).body());
    return request;
  }

  static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static JsonNode answer(EngineRequest request) throws EngineException {
    try (BuiltInEngine engine = unpaced()) {
      return read(engine.answer(request));
    }
  }

  static String text(EngineRequest request) throws EngineException {
    return answer(request).at("/choices/0/message/content").textValue();
  }

  static List<JsonNode> chunks(EngineRequest request) throws Exception {
    try (BuiltInEngine engine = unpaced();
        EngineStream stream = engine.stream(request)) {
      List<JsonNode> chunks = new ArrayList<>();
      for (Optional<byte[]> next = stream.next(); next.isPresent(); next = stream.next()) {
        chunks.add(read(next.get()));
      }
      return chunks;
    }
  }

  /** The text that the chunks carry for one choice, in the field at {@code pointer}. */
  static String streamedText(List<JsonNode> chunks, int index, String pointer) {
    StringBuilder text = new StringBuilder();
    for (JsonNode chunk : chunks) {
      for (JsonNode choice : chunk.get("choices")) {
        if (choice.get("index").intValue() == index) {
          text.append(choice.at(pointer).asText(""));
        }
      }
    }
    return text.toString();
  }
}
