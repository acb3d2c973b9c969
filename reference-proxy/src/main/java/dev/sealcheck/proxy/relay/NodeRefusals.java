package dev.sealcheck.proxy.relay;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What becomes of a node's refusal; docs/PROTOCOL.md section 9, last table. */
final class NodeRefusals {

  private static final int MAX_RETRY_AFTER_SECONDS = 3600;

  private NodeRefusals() {}

  /** The proxy's own refusal for a node's; nothing of the node's body is kept but a known code. */
  static RefusedException of(int status, byte[] body, HttpHeaders headers) {
    ErrorCode code = ErrorCode.ofBody(body).flatMap(NodeRefusals::kept).orElse(byStatus(status));
    return code == ErrorCode.TOO_MANY_REQUESTS
        ? new RefusedException(code, retryAfter(headers))
        : new RefusedException(code);
  }

  private static Optional<ErrorCode> kept(ErrorCode code) {
    return switch (code) {
      case INVALID_BODY,
          UNDECRYPTABLE,
          STALE_NODE_KEY,
          REPLAYED_REQUEST,
          LOCKED,
          UNAVAILABLE_STACK,
          TOO_MANY_REQUESTS ->
          Optional.of(code);
      default -> Optional.empty();
    };
  }

  private static ErrorCode byStatus(int status) {
    return switch (status) {
      case 400 -> ErrorCode.INVALID_BODY;
      case 423 -> ErrorCode.LOCKED;
      case 425 -> ErrorCode.UNAVAILABLE_STACK;
      case 429 -> ErrorCode.TOO_MANY_REQUESTS;
      default -> ErrorCode.INTERNAL_ERROR;
    };
  }

  private static int retryAfter(HttpHeaders headers) {
    String value = headers.firstValue("Retry-After").orElse("");
    return value.matches("[0-9]{1,4}")
        ? Math.min(Integer.parseInt(value), MAX_RETRY_AFTER_SECONDS)
        : 1;
  }
}
