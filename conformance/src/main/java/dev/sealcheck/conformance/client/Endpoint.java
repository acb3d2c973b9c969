package dev.sealcheck.conformance.client;

/** The four confidential endpoints (docs/PROTOCOL.md section 2). */
public enum Endpoint {
  /** Chat completions. */
  CHAT("/v1/confidential/chat/completions"),
  /** Text completions. */
  COMPLETIONS("/v1/confidential/completions"),
  /** Embeddings. */
  EMBEDDINGS("/v1/confidential/embeddings"),
  /** Image generations. */
  IMAGES("/v1/confidential/images/generations");

  private final String path;

  Endpoint(String path) {
    this.path = path;
  }

  /** The path on proxy and node. */
  public String path() {
    return path;
  }
}
