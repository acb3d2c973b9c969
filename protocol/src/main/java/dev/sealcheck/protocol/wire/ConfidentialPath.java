package dev.sealcheck.protocol.wire;

import java.util.Optional;

/** The four kinds of confidential request, docs/PROTOCOL.md section 2. */
public enum ConfidentialPath {
  /** Chat completions; may stream. */
  CHAT_COMPLETIONS("/v1/confidential/chat/completions", true, 8192),
  /** Text completions; may stream. */
  COMPLETIONS("/v1/confidential/completions", true, 8192),
  /** Embeddings; never streams. */
  EMBEDDINGS("/v1/confidential/embeddings", false, 8192),
  /** Image generations; never streams and counts pixels as units. */
  IMAGES("/v1/confidential/images/generations", false, 1024 * 1024);

  private final String path;
  private final boolean streams;
  private final long defaultUnits;

  ConfidentialPath(String path, boolean streams, long defaultUnits) {
    this.path = path;
    this.streams = streams;
    this.defaultUnits = defaultUnits;
  }

  /** The URL path, the same on proxy and node. */
  public String path() {
    return path;
  }

  /** Whether the envelope's {@code stream} is required and may be true. */
  public boolean streams() {
    return streams;
  }

  /** The compute units of a request whose envelope names none. */
  public long defaultUnits() {
    return defaultUnits;
  }

  /** The kind of request that is served at {@code path}. */
  public static Optional<ConfidentialPath> of(String path) {
    for (ConfidentialPath candidate : values()) {
      if (candidate.path.equals(path)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
