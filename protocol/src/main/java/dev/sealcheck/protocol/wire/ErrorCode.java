package dev.sealcheck.protocol.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Every way in which either server refuses, docs/PROTOCOL.md section 9. The message is the same for
 * all causes of a code, so that a refusal tells nothing but its code.
 */
public enum ErrorCode {
  INVALID_BODY(400, "The request body is not valid."),
  UNDECRYPTABLE(400, "The request could not be opened."),
  INVALID_EVIDENCE(400, "The evidence does not verify."),
  AUTH_ERROR(401, "Authentication failed."),
  BALANCE_ERROR(402, "The balance does not cover the units asked for."),
  NOT_FOUND(404, "There is nothing at this path."),
  METHOD_NOT_ALLOWED(405, "This path does not take this method."),
  STALE_NODE_KEY(409, "The node's key has changed: lock again and seal again."),
  STALE_EVIDENCE(409, "No open challenge fits this evidence: ask for a new one."),
  REPLAYED_REQUEST(409, "This request was used before: seal again with fresh keys."),
  BODY_TOO_LARGE(413, "The request body is too large."),
  UNSUPPORTED_MEDIA_TYPE(415, "The request body must be application/json."),
  LOCKED(423, "The stack is being settled: lock again."),
  UNAVAILABLE_STACK(425, "No lock fits this request: lock again."),
  TOO_MANY_REQUESTS(429, "Too many requests: try again later."),
  INTERNAL_ERROR(500, "The request could not be completed."),
  NODE_UNAVAILABLE(502, "The node could not be reached."),
  SERVICE_UNAVAILABLE(503, "No confidential node serves this model now."),
  NODE_TIMEOUT(504, "The node did not answer in time.");

  private final int status;
  private final String message;

  ErrorCode(int status, String message) {
    this.status = status;
    this.message = message;
  }

  /** The HTTP status that goes with this code. */
  public int status() {
    return status;
  }

  /** The error object {@code {"error":{"code","message"}}} as compact JSON. */
  public byte[] body() {
    ObjectNode json = StrictJson.newObject();
    json.putObject("error").put("code", name()).put("message", message);
    return StrictJson.write(json);
  }

  /** The code that an error body names, where it is well formed and the code is known. */
  public static Optional<ErrorCode> ofBody(byte[] json) {
    try {
      String name = StrictJson.parseObject("error", json).path("error").path("code").asText();
      for (ErrorCode code : values()) {
        if (code.name().equals(name)) {
          return Optional.of(code);
        }
      }
      return Optional.empty();
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
  }
}
