package dev.sealcheck.conformance.target;

import java.util.concurrent.atomic.AtomicBoolean;

/** A user borrowed for one check; closing gives it back, a second close does nothing. */
public final class UserLoan implements AutoCloseable {

  private final UserPool pool;
  private final TestUser user;
  private final AtomicBoolean open = new AtomicBoolean(true);

  UserLoan(UserPool pool, TestUser user) {
    this.pool = pool;
    this.user = user;
  }

  /** The user, which nobody else uses until this loan is closed. */
  public TestUser user() {
    return user;
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      pool.giveBack(user);
    }
  }
}
