package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.NotRun;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Something of the target that one check at a time may change. */
public final class Turn {

  private final String what;
  private final SuiteClock clock;
  private final Semaphore free = new Semaphore(1, true);

  /**
   * A turn that nobody has.
   *
   * @param what it is about, for the reason of a NOT_RUN
   */
  Turn(String what, SuiteClock clock) {
    this.what = what;
    this.clock = clock;
  }

  /**
   * Waits for the turn; closing gives it on.
   *
   * @throws NotRun if it does not come before {@code deadline}
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public AutoCloseable take(Deadline deadline) throws InterruptedException {
    long left = deadline.endNanos() - clock.nanoTime();
    if (!free.tryAcquire(Math.max(left, 0), TimeUnit.NANOSECONDS)) {
      throw new NotRun("the turn to " + what + " did not come in the time of a check");
    }
    return free::release;
  }
}
