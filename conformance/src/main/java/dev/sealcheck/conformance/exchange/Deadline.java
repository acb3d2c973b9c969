package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.Hung;
import java.time.Duration;

/**
 * The moment by which something must have happened.
 *
 * @param clock what is asked for the time
 * @param endNanos the moment on the clock's monotonic scale
 * @param limit how long was allowed, for the message
 */
public record Deadline(SuiteClock clock, long endNanos, Duration limit) {

  /** The moment {@code limit} from now. */
  public static Deadline in(SuiteClock clock, Duration limit) {
    return new Deadline(clock, clock.nanoTime() + limit.toNanos(), limit);
  }

  /** Whether it has passed. */
  public boolean isPast() {
    return endNanos - clock.nanoTime() <= 0;
  }

  /**
   * The time that is left, more than zero.
   *
   * @param awaited what should happen, for the message
   * @throws Hung if the deadline has passed
   */
  public Duration remaining(String awaited) {
    long left = endNanos - clock.nanoTime();
    if (left <= 0) {
      throw hung(awaited);
    }
    return Duration.ofNanos(left);
  }

  /** What to throw when {@code awaited} did not happen in time. */
  public Hung hung(String awaited) {
    return new Hung(awaited + " did not come within " + limit.toMillis() + " ms");
  }
}
