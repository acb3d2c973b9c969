package dev.sealcheck.proxy.account;

import java.util.OptionalLong;

/**
 * A consumed lock that serves one request. The first call of {@link #settle}, {@link #release} or
 * {@link #giveBack} ends it, every later one has no effect; safe for use by several threads.
 */
public final class Reservation {

  private final Accounts accounts;
  private final Hold hold;
  // Guarded by the monitor of the accounts.
  private boolean closed;

  Reservation(Accounts accounts, Hold hold) {
    this.accounts = accounts;
    this.hold = hold;
  }

  /** Returns the node that the request goes to. */
  public long nodeSmallId() {
    return hold.stack().nodeSmallId();
  }

  /** Returns the stack that pays. */
  public StackId stack() {
    return hold.stack().id();
  }

  /** Returns the compute units of the lock, whatever the request asked for. */
  public long lockedUnits() {
    return hold.units();
  }

  /** Returns the user who made the lock. */
  public UserId user() {
    return hold.stack().user();
  }

  /**
   * Charges the units used and frees the rest of the lock; docs/PROTOCOL.md section 8.
   *
   * @param units what the request used, in compute units; not negative
   * @return the units charged: at most the lock's and what the stack has free now; nothing if the
   *     reservation had ended before
   * @throws IllegalArgumentException if {@code units} is negative; the reservation stays open
   */
  public OptionalLong settle(long units) {
    if (units < 0) {
      throw new IllegalArgumentException("charge of " + units + " units is negative");
    }
    return accounts.settle(this, units);
  }

  /**
   * Frees all units of the lock and charges nothing.
   *
   * @return false if the reservation had ended before
   */
  public boolean release() {
    return accounts.settle(this, 0).isPresent();
  }

  /**
   * Restores the lock with its old expiry, so that another request can use it; where that has
   * passed, its units become free. Right only after {@code STALE_NODE_KEY}.
   *
   * @return false if the reservation had ended before
   */
  public boolean giveBack() {
    return accounts.giveBack(this);
  }

  Hold hold() {
    return hold;
  }

  /** Tells whether this call is the one that ends the reservation. */
  boolean close() {
    if (closed) {
      return false;
    }
    closed = true;
    return true;
  }
}
