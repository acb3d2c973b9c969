package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.NotRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lends the users of a run, each to one check at a time. */
public final class UserPool {

  private final SuiteClock clock;
  private final int size;
  private final List<TestUser> free;
  private final ReentrantLock guard = new ReentrantLock(true);
  private final Condition returned = guard.newCondition();

  /**
   * A pool in which all {@code users} are free.
   *
   * @throws IllegalArgumentException if there is no user
   */
  public UserPool(List<TestUser> users, SuiteClock clock) {
    if (users.isEmpty()) {
      throw new IllegalArgumentException("a pool needs at least one user");
    }
    this.size = users.size();
    this.free = new ArrayList<>(users);
    this.clock = clock;
  }

  /** How many users there are, lent or free. */
  public int size() {
    return size;
  }

  /**
   * A user that may have open locks; blocks until one is free and prefers one that is not quiet, to
   * leave the quiet ones to {@link #borrowQuiet}.
   *
   * @throws NotRun if no user became free before {@code deadline}
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public UserLoan borrow(Deadline deadline) throws InterruptedException {
    return take(deadline, byQuiet().reversed());
  }

  /**
   * A user without open locks: takes the free user that is quiet earliest and waits until every
   * lock made with it before has expired or been used.
   *
   * @throws NotRun if no user became free and quiet before {@code deadline}
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public UserLoan borrowQuiet(Deadline deadline) throws InterruptedException {
    UserLoan loan = take(deadline, byQuiet());
    try {
      awaitQuiet(loan.user(), deadline);
      return loan;
    } catch (NotRun | InterruptedException | Error e) {
      loan.close();
      throw e;
    }
  }

  /** Puts a user back; called by its loan. */
  void giveBack(TestUser user) {
    guard.lock();
    try {
      free.add(user);
      returned.signal();
    } finally {
      guard.unlock();
    }
  }

  private UserLoan take(Deadline deadline, Comparator<TestUser> preference)
      throws InterruptedException {
    guard.lockInterruptibly();
    try {
      while (free.isEmpty()) {
        long left = deadline.endNanos() - clock.nanoTime();
        if (left <= 0 || !returned.await(left, TimeUnit.NANOSECONDS)) {
          throw new NotRun(
              "none of "
                  + size
                  + " users became free within "
                  + deadline.limit().toSeconds()
                  + " s");
        }
      }
      long now = clock.nanoTime();
      free.forEach(user -> user.forgetExpired(now));
      TestUser best = free.stream().min(preference).orElseThrow();
      free.remove(best);
      return new UserLoan(this, best);
    } finally {
      guard.unlock();
    }
  }

  private void awaitQuiet(TestUser user, Deadline deadline) throws InterruptedException {
    var quietAt = user.quietAt();
    if (quietAt.isEmpty()) {
      return;
    }
    if (quietAt.getAsLong() - deadline.endNanos() > 0) {
      throw new NotRun(
          "earlier locks of "
              + user.name()
              + " stay open for longer than "
              + deadline.limit().toSeconds()
              + " s");
    }
    clock.awaitNanoTime(quietAt.getAsLong());
    user.forgetExpired(clock.nanoTime());
  }

  /** Earliest quiet first, counted from now because clock readings may wrap around. */
  private Comparator<TestUser> byQuiet() {
    long now = clock.nanoTime();
    return Comparator.comparingLong(user -> user.quietAt().orElse(now) - now);
  }
}
