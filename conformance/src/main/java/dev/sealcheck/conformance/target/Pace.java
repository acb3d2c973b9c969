package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.NotRun;
import java.util.concurrent.TimeUnit;

/** Keeps a run within its budget: counts its requests and spreads them over time. */
final class Pace {

  private final Budget budget;
  private final SuiteClock clock;
  private long requests;
  private long nextNanos;

  Pace(Budget budget, SuiteClock clock) {
    this.budget = budget;
    this.clock = clock;
    this.nextNanos = clock.nanoTime();
  }

  /**
   * Takes one request from the budget; blocks until the rate allows it.
   *
   * @throws NotRun if the budget is used up or the thread is interrupted
   */
  void take() {
    long slot = next();
    if (budget.requestsPerSecond() == 0) {
      return;
    }
    try {
      clock.awaitNanoTime(slot);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NotRun("the run was interrupted");
    }
  }

  /** How many requests were taken. */
  synchronized long requests() {
    return requests;
  }

  private synchronized long next() {
    if (requests >= budget.maxRequests()) {
      throw new NotRun("the budget of " + budget.maxRequests() + " requests is used up");
    }
    requests++;
    if (budget.requestsPerSecond() == 0) {
      return 0;
    }
    long now = clock.nanoTime();
    long slot = nextNanos - now > 0 ? nextNanos : now;
    nextNanos = slot + (long) (TimeUnit.SECONDS.toNanos(1) / budget.requestsPerSecond());
    return slot;
  }
}
