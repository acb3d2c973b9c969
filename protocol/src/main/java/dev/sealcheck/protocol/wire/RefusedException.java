package dev.sealcheck.protocol.wire;

import java.util.OptionalInt;

/** A request that is answered with one of the refusals of docs/PROTOCOL.md section 9. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final int retryAfterSeconds;

  /** A refusal with {@code code}. */
  public RefusedException(ErrorCode code) {
    this(code, 0);
  }

  /** A refusal that asks the client to wait; zero seconds says nothing of waiting. */
  public RefusedException(ErrorCode code, int retryAfterSeconds) {
    super(code.name());
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Which refusal this is. */
  public ErrorCode code() {
    return code;
  }

  /** The seconds for {@code Retry-After}, where there are any. */
  public OptionalInt retryAfterSeconds() {
    return retryAfterSeconds > 0 ? OptionalInt.of(retryAfterSeconds) : OptionalInt.empty();
  }
}
