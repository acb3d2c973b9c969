package dev.sealcheck.node.engine;

/** The four things that an engine can be asked for. Source: docs/PROTOCOL.md section 2. */
public enum Endpoint {
  /** The next message of a conversation. */
  CHAT_COMPLETIONS("/v1/chat/completions"),
  /** The continuation of one or more prompts. */
  COMPLETIONS("/v1/completions"),
  /** A vector for each of one or more texts. */
  EMBEDDINGS("/v1/embeddings"),
  /** Pictures for a prompt. */
  IMAGES("/v1/images/generations");

  private final String enginePath;

  Endpoint(String enginePath) {
    this.enginePath = enginePath;
  }

  /** The path of this endpoint on an engine that speaks HTTP, with its leading slash. */
  public String enginePath() {
    return enginePath;
  }
}
