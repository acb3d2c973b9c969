package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.time.SuiteClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only the test moves. */
final class HandClock implements SuiteClock {
  private final AtomicLong nanos = new AtomicLong();

  void advance(Duration step) {
    nanos.addAndGet(step.toNanos());
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(nanos.get());
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void awaitNanoTime(long until) {
    nanos.accumulateAndGet(until, Math::max);
  }
}
