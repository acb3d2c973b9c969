package dev.sealcheck.conformance.engine;

import java.util.Arrays;
import java.util.Optional;

/** The endpoints of an OpenAI-compatible engine that a node asks. */
public enum EngineEndpoint {
  /** Chat completions. */
  CHAT("/v1/chat/completions"),
  /** Text completions. */
  COMPLETIONS("/v1/completions"),
  /** Embeddings. */
  EMBEDDINGS("/v1/embeddings"),
  /** Image generations. */
  IMAGES("/v1/images/generations");

  private final String path;

  EngineEndpoint(String path) {
    this.path = path;
  }

  /** The path on the engine. */
  public String path() {
    return path;
  }

  /** Whether it can stream and counts tokens of an answer: chat and text do. */
  boolean isText() {
    return this == CHAT || this == COMPLETIONS;
  }

  static Optional<EngineEndpoint> of(String path) {
    return Arrays.stream(values()).filter(endpoint -> endpoint.path.equals(path)).findFirst();
  }
}
