package dev.sealcheck.conformance.node;

/** The codes that a node may refuse with, each with its status (docs/PROTOCOL.md section 9). */
public enum NodeCode {
  /** The envelope or the body is wrong. */
  INVALID_BODY(400),
  /** The body does not open or is not the hashed one. */
  UNDECRYPTABLE(400),
  /** The proxy's signature is missing, wrong or by somebody else. */
  AUTH_ERROR(401),
  /** The user cannot pay; nothing that a node knows of. */
  BALANCE_ERROR(402),
  /** No such path or stream. */
  NOT_FOUND(404),
  /** Another method is needed. */
  METHOD_NOT_ALLOWED(405),
  /** The envelope names another key than the current one. */
  STALE_NODE_KEY(409),
  /** Client key and salt were used before. */
  REPLAYED_REQUEST(409),
  /** Over the size that the node takes. */
  BODY_TOO_LARGE(413),
  /** Not JSON. */
  UNSUPPORTED_MEDIA_TYPE(415),
  /** The stack is being settled. */
  LOCKED(423),
  /** The stack is not available. */
  UNAVAILABLE_STACK(425),
  /** The engine is full. */
  TOO_MANY_REQUESTS(429),
  /** The inference failed. */
  INTERNAL_ERROR(500),
  /** What the proxy says of a node that it cannot reach. */
  NODE_UNAVAILABLE(502),
  /** The model is not served. */
  SERVICE_UNAVAILABLE(503),
  /** What the proxy says of a node that gives no head. */
  NODE_TIMEOUT(504);

  private final int status;

  NodeCode(int status) {
    this.status = status;
  }

  /** The status that goes with the code. */
  public int status() {
    return status;
  }
}
