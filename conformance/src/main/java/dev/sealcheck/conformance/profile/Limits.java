package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.verdict.NotApplicable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Limits of the target. What is empty is not known: then docs/PROTOCOL.md's default counts where
 * slow checks are allowed.
 *
 * @param bodyBytes the largest body it takes
 * @param stackUnits units of a stack of a chat model
 * @param keepAlive silence after which a stream is sent a comment
 * @param body how long a request body may take to arrive
 * @param firstByte how long the proxy waits for the head of a node's answer
 * @param requestsPerMinute the limit of the user with a rate limit
 * @param concurrent how many requests the engine takes at once
 */
public record Limits(
    int bodyBytes,
    long stackUnits,
    Optional<Duration> keepAlive,
    Optional<Duration> body,
    Optional<Duration> firstByte,
    OptionalInt requestsPerMinute,
    OptionalInt concurrent) {

  /** docs/PROTOCOL.md section 9. */
  public static final int DEFAULT_BODY_BYTES = 4 * 1024 * 1024;

  /** docs/PROTOCOL.md section 8. */
  public static final long DEFAULT_STACK_UNITS = 1_000_000;

  /** docs/PROTOCOL.md section 6. */
  public static final Duration DEFAULT_KEEP_ALIVE = Duration.ofSeconds(15);

  /** Longer than the defaults of common servers. */
  private static final Duration LONGEST_BODY = Duration.ofMinutes(1);

  /** The default of the reference. */
  private static final Duration DEFAULT_FIRST_BYTE = Duration.ofMinutes(2);

  /** Only what the protocol documents. */
  public static Limits documented() {
    return new Limits(
        DEFAULT_BODY_BYTES,
        DEFAULT_STACK_UNITS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /** The keep-alive interval. @throws NotApplicable if unknown and slow checks are not allowed */
  Duration requireKeepAlive(boolean slowAllowed) {
    return known(keepAlive, slowAllowed, DEFAULT_KEEP_ALIVE, "keep_alive_seconds");
  }

  /** The time for a body. @throws NotApplicable if unknown and slow checks are not allowed */
  Duration requireBody(boolean slowAllowed) {
    return known(body, slowAllowed, LONGEST_BODY, "body_seconds");
  }

  /** The time for a head. @throws NotApplicable if unknown and slow checks are not allowed */
  Duration requireFirstByte(boolean slowAllowed) {
    return known(firstByte, slowAllowed, DEFAULT_FIRST_BYTE, "first_byte_seconds");
  }

  private static Duration known(
      Optional<Duration> given, boolean slowAllowed, Duration otherwise, String key) {
    if (given.isEmpty() && !slowAllowed) {
      throw new NotApplicable("the limit (profile: limits." + key + ") or --slow");
    }
    return given.orElse(otherwise);
  }
}
