package dev.sealcheck.protocol.time;

import java.time.Duration;
import java.time.Instant;

/** Tells time, waits and runs timers; tests pass one whose time they move by hand. */
public interface Timekeeper {

  /** The wall-clock time; for time stamps that leave the process, never for measuring. */
  Instant now();

  /** A monotonic reading in nanoseconds; only differences mean something. */
  long nanoTime();

  /**
   * Blocks the calling thread until {@code delay} has passed; zero or less returns at once.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void pause(Duration delay) throws InterruptedException;

  /** Runs {@code task} once on a timer thread after {@code delay}; the task must not block. */
  Timer after(Duration delay, Runnable task);

  /** A task that was handed to {@link #after}. */
  interface Timer {

    /** Makes sure that the task does not start any more; does nothing where it has run. */
    void cancel();
  }

  /** The system's time, with one daemon thread for all timers of this instance. */
  static Timekeeper system() {
    return new SystemTimekeeper();
  }
}
