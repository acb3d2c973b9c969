package dev.sealcheck.conformance.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Tells time and waits; tests pass one whose time they move by hand. */
public interface SuiteClock {

  /** The wall-clock time; for time stamps in reports, never for measuring. */
  Instant now();

  /** A monotonic reading in nanoseconds; only differences mean something. */
  long nanoTime();

  /**
   * Blocks until {@link #nanoTime()} has reached {@code nanos}; returns at once where it has.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void awaitNanoTime(long nanos) throws InterruptedException;

  /** Blocks for {@code duration}, counted from now. */
  default void await(Duration duration) throws InterruptedException {
    awaitNanoTime(nanoTime() + duration.toNanos());
  }

  /** The system's time. */
  static SuiteClock system() {
    return new SuiteClock() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void awaitNanoTime(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
          TimeUnit.NANOSECONDS.sleep(left);
        }
      }
    };
  }
}
