package dev.sealcheck.proxy.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sealcheck.protocol.wire.ConfidentialPath;

/**
 * A model that the proxy offers.
 *
 * @param name the name clients use
 * @param kind what it does, which decides how its units are counted
 */
public record ModelEntry(
    @JsonProperty(required = true) String name, @JsonProperty(required = true) Kind kind) {

  /** Units of a lock that names none, docs/PROTOCOL.md section 2. */
  private static final long TOKENS = 8192;

  private static final long PIXELS = 1024 * 1024;

  /** What a model does. */
  public enum Kind {
    /** Chat and text completions; units are tokens. */
    @JsonProperty("chat")
    CHAT,
    /** Embeddings; units are tokens. */
    @JsonProperty("embedding")
    EMBEDDING,
    /** Images; units are pixels. */
    @JsonProperty("image")
    IMAGE
  }

  /** Whether a request to {@code path} can be one for this model; docs/PROTOCOL.md section 2. */
  public boolean serves(ConfidentialPath path) {
    return switch (path) {
      case CHAT_COMPLETIONS, COMPLETIONS -> kind == Kind.CHAT;
      case EMBEDDINGS -> kind == Kind.EMBEDDING;
      case IMAGES -> kind == Kind.IMAGE;
    };
  }

  /** The units of a lock that names none. */
  public long defaultUnits() {
    return kind == Kind.IMAGE ? PIXELS : TOKENS;
  }
}
