package dev.sealcheck.proxy.account;

import dev.sealcheck.protocol.time.Timekeeper.Timer;
import java.util.Comparator;

/** One lock from its making to its end; guarded by the monitor of {@link Accounts}. */
final class Hold {

  /** In this order a request takes the first lock that fits it. */
  static final Comparator<Hold> SMALLEST_THEN_FIRST_TO_EXPIRE =
      Comparator.comparingLong(Hold::units)
          .thenComparingLong(hold -> hold.expiresAtNanos)
          .thenComparingLong(hold -> hold.number);

  private static final Timer NO_TIMER = () -> {};

  private enum State {
    LIVE,
    CONSUMED,
    OVER
  }

  private final Stack stack;
  private final long number;
  private final long units;
  private final long expiresAtNanos;
  private State state = State.LIVE;
  private boolean timerRan;
  private Timer timer = NO_TIMER;

  /** A live lock; {@code number} is its own, {@code expiresAtNanos} on the clock of Accounts. */
  Hold(Stack stack, long number, long units, long expiresAtNanos) {
    this.stack = stack;
    this.number = number;
    this.units = units;
    this.expiresAtNanos = expiresAtNanos;
  }

  Stack stack() {
    return stack;
  }

  long units() {
    return units;
  }

  boolean isLive() {
    return state == State.LIVE;
  }

  boolean isOver() {
    return state == State.OVER;
  }

  /** Tells whether the lock's time is up, by the clock or because its timer said so. */
  boolean isExpiredAt(long nowNanos) {
    return timerRan || nowNanos >= expiresAtNanos;
  }

  void consume() {
    state = State.CONSUMED;
  }

  void restore() {
    state = State.LIVE;
  }

  void end() {
    state = State.OVER;
  }

  void noteTimer() {
    timerRan = true;
  }

  void keepTimer(Timer expiry) {
    timer = expiry;
  }

  /** Returns the timer that is no longer needed, to be cancelled outside the monitor. */
  Timer dropTimer() {
    Timer dropped = timer;
    timer = NO_TIMER;
    return dropped;
  }
}
