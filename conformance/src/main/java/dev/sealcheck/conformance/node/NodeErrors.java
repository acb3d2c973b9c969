package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpHeader;
import java.util.List;

/**
 * Behaviours that answer with an error, without a look at the envelope. The marker is a text that
 * the scenario looks for in what the client gets.
 */
public final class NodeErrors {
  private NodeErrors() {}

  /** A known code with its own status. */
  public static NodeBehaviour refusing(NodeCode code, String marker) {
    return answering(code.status(), code.name(), marker);
  }

  /** Any code with any status. */
  public static NodeBehaviour answering(int status, String code, String marker) {
    return call -> call.http().answerJson(status, ErrorObject.of(code, marker));
  }

  /** An error object with a message alone. */
  public static NodeBehaviour codeless(int status, String marker) {
    return call -> call.http().answerJson(status, ErrorObject.codeless(marker));
  }

  /** A full engine: 429 {@code TOO_MANY_REQUESTS}, to be tried again after so many seconds. */
  public static NodeBehaviour full(int retryAfterSeconds, String marker) {
    return answering(
        NodeCode.TOO_MANY_REQUESTS.status(),
        List.of(
            new HttpHeader("Content-Type", "application/json"),
            new HttpHeader("Retry-After", Integer.toString(retryAfterSeconds))),
        ErrorObject.of(NodeCode.TOO_MANY_REQUESTS.name(), marker));
  }

  /** Any status, headers and body: no JSON, no body, HTML of something in between. */
  public static NodeBehaviour answering(int status, List<HttpHeader> headers, Bytes body) {
    List<HttpHeader> kept = List.copyOf(headers);
    return call -> call.http().answer(status, kept, body);
  }
}
