package dev.sealcheck.node.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** Looks through an engine's message without building a tree of it, which may be large. */
final class EngineJson {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private EngineJson() {}

  /**
   * The same bytes, once they are known to be one JSON object that reports no error.
   *
   * @throws EngineException if they are something else
   */
  static byte[] requireAnswer(byte[] message) throws EngineException {
    boolean error;
    try (JsonParser parser = JSON.createParser(message)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw EngineException.failed("the engine sent something that is no JSON object");
      }
      error = reportsError(parser);
      if (parser.nextToken() != null) {
        throw EngineException.failed("the engine sent more than one JSON object");
      }
    } catch (IOException notJson) {
      // Its message can quote the text, so it is not kept as the cause.
      throw EngineException.failed("the engine sent something that is no JSON");
    }
    if (error) {
      throw EngineException.failed("the engine reported an error in its answer");
    }
    return message;
  }

  /** Reads up to the end of the object; whether its {@code error} is there and not null. */
  private static boolean reportsError(JsonParser parser) throws IOException {
    boolean error = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean named = parser.currentName().equals("error");
      error |= parser.nextToken() != JsonToken.VALUE_NULL && named;
      parser.skipChildren();
    }
    return error;
  }
}
