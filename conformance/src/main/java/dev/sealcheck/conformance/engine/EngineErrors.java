package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;

/**
 * Error bodies as engines write them; none of it may reach a client (docs/PROTOCOL.md section 9).
 */
final class EngineErrors {
  private EngineErrors() {}

  /** An error object of vLLM's shape. */
  static ObjectNode object(String type, String message, int code) {
    ObjectNode error = StrictJson.object();
    error
        .putObject("error")
        .put("message", message)
        .put("type", type)
        .putNull("param")
        .put("code", code);
    return error;
  }

  /** The bytes of {@link #object}. */
  static Bytes body(String type, String message, int code) {
    return StrictJson.write(object(type, message, code));
  }
}
