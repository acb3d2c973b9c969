package dev.sealcheck.bench;

import dev.sealcheck.protocol.time.Timekeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what no call tells, by looking again and again, and only so long. */
final class Wait {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private final Timekeeper time;
  private final Duration betweenLooks;

  /** Looks every few milliseconds. */
  Wait(Timekeeper time) {
    this(time, BETWEEN_LOOKS);
  }

  Wait(Timekeeper time, Duration betweenLooks) {
    this.time = time;
    this.betweenLooks = betweenLooks;
  }

  /**
   * Returns once the condition holds.
   *
   * @throws IOException if it does not within {@code limit}
   */
  void until(BooleanSupplier condition, Duration limit, String what)
      throws IOException, InterruptedException {
    if (!holds(condition, limit)) {
      throw new IOException("waited " + limit.toSeconds() + " s in vain until " + what);
    }
  }

  /** Waits until the condition holds; false where it does not within {@code limit}. */
  boolean holds(BooleanSupplier condition, Duration limit) throws InterruptedException {
    long end = time.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (time.nanoTime() - end > 0) {
        return false;
      }
      time.pause(betweenLooks);
    }
    return true;
  }
}
