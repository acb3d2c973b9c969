package dev.sealcheck.node.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * One opened request on its way to the engine; prints no plaintext.
 *
 * @param endpoint what is asked for
 * @param body one valid JSON object, handed over: the caller changes it no more
 */
public record EngineRequest(Endpoint endpoint, ObjectNode body) {

  /** Refuses null components with a {@link NullPointerException}. */
  public EngineRequest {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(body, "body");
  }

  /** Whether the body asks for a stream; an absent or null {@code stream} does not. */
  public boolean stream() {
    JsonNode stream = body.get("stream");
    return stream != null && stream.isBoolean() && stream.booleanValue();
  }

  @Override
  public String toString() {
    return "EngineRequest[" + endpoint + ", stream=" + stream() + "]";
  }
}
