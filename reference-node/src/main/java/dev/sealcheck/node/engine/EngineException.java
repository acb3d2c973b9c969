package dev.sealcheck.node.engine;

import java.util.OptionalInt;

/** Why an engine gave no answer; the message never holds plaintext. */
public final class EngineException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN = -1;

  /** Who has to do something about it. */
  public enum Reason {
    /** The client: the engine does not serve such a request. */
    INVALID_REQUEST,
    /** Nobody: the engine is busy and the client may come again. */
    FULL,
    /** The operator: the engine failed or broke off. */
    FAILED
  }

  private final Reason reason;
  private final int retryAfterSeconds;

  private EngineException(Reason reason, int retryAfterSeconds, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** A refusal of the request; {@code message} names a field and a rule, never a value. */
  public static EngineException invalidRequest(String message) {
    return new EngineException(Reason.INVALID_REQUEST, UNKNOWN, message, null);
  }

  /**
   * A refusal because too much is running, with the wait that the engine asks for, if it named one.
   *
   * @throws IllegalArgumentException if the wait is negative
   */
  public static EngineException full(OptionalInt retryAfterSeconds) {
    int seconds = retryAfterSeconds.orElse(UNKNOWN);
    if (retryAfterSeconds.isPresent() && seconds < 0) {
      throw new IllegalArgumentException(
          "retryAfterSeconds is " + seconds + ", must not be negative");
    }
    return new EngineException(Reason.FULL, seconds, "the engine is full", null);
  }

  /** A failure of the engine itself; {@code message} holds no plaintext. */
  public static EngineException failed(String message) {
    return new EngineException(Reason.FAILED, UNKNOWN, message, null);
  }

  /** A failure with its cause, whose own message must hold no plaintext either. */
  public static EngineException failed(String message, Throwable cause) {
    return new EngineException(Reason.FAILED, UNKNOWN, message, cause);
  }

  /** The kind of this failure. */
  public Reason reason() {
    return reason;
  }

  /** The wait in seconds that a full engine asks for; empty where it named none. */
  public OptionalInt retryAfterSeconds() {
    return retryAfterSeconds == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(retryAfterSeconds);
  }
}
