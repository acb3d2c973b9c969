package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.time.SuiteClock;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands until a wait moves it to its end. */
final class HandClock implements SuiteClock {

  /** Close to the end of the range, so that readings wrap around in the tests. */
  private long nanos = Long.MAX_VALUE - 1_000;

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized void awaitNanoTime(long until) {
    if (until - nanos > 0) {
      nanos = until;
    }
  }

  synchronized void advance(Duration step) {
    nanos += step.toNanos();
  }
}
