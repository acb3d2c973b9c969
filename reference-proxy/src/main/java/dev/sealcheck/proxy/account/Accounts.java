package dev.sealcheck.proxy.account;

import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.time.Timekeeper.Timer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The users' stacks, locks and units, in memory; docs/PROTOCOL.md section 8.
 *
 * <p>Safe for use by any number of threads: one monitor guards every stack, and neither the clock
 * nor a timer is called under it. Used and reserved units of a stack never exceed its size, and the
 * units of a lock become free exactly once.
 */
public final class Accounts {

  private static final int DIGEST_SIZE_IN_BYTES = 32;

  private final AccountSettings settings;
  private final Timekeeper time;
  private final RandomGenerator random;
  private final long originNanos;
  private final Object monitor = new Object();
  private final Map<UserId, Ledger> ledgers = new LinkedHashMap<>();
  private long lastStackId;
  private long lastHoldNumber;

  /**
   * Opens an account for every user, without stacks.
   *
   * @throws IllegalArgumentException if two users have the same id
   */
  public Accounts(AccountSettings settings, Collection<User> users, Timekeeper time) {
    this(settings, users, time, new SecureRandom());
  }

  Accounts(
      AccountSettings settings, Collection<User> users, Timekeeper time, RandomGenerator random) {
    this.settings = settings;
    this.time = time;
    this.random = random;
    this.originNanos = time.nanoTime();
    for (User user : users) {
      if (ledgers.put(user.id(), new Ledger(user)) != null) {
        throw new IllegalArgumentException("two users have the id " + user.id().value());
      }
    }
  }

  /**
   * Locks units on the cheapest of the user's stacks for the model that has room, or buys one.
   *
   * <p>Refusals are looked for in this order: more than a stack holds, no node, too many locks, too
   * low a balance.
   *
   * @throws IllegalArgumentException if the user has no account
   */
  public LockOutcome lock(UserId user, LockOrder order) {
    Ledger ledger = ledgerOf(user);
    long stackUnits = settings.stackUnits(order.imageModel());
    if (order.units() > stackUnits) {
      return new LockOutcome.MoreThanAStack(stackUnits);
    }
    if (order.offers().isEmpty()) {
      return new LockOutcome.NoNode();
    }
    long expiresAtNanos = elapsedNanos() + order.timeout().toNanos();
    boolean bought = false;
    Hold hold;
    synchronized (monitor) {
      if (ledger.liveLocks() >= settings.maxLiveLocksPerUser()) {
        return new LockOutcome.TooManyLocks();
      }
      Stack stack = ledger.stackWithRoom(order).orElse(null);
      if (stack == null) {
        if (ledger.openStacks() >= settings.maxOpenStacksPerUser()) {
          return new LockOutcome.TooManyLocks();
        }
        NodeOffer cheapest = order.offers().get(0);
        if (!ledger.pay(cheapest.costOf(stackUnits))) {
          return new LockOutcome.BalanceTooLow();
        }
        StackId id = new StackId(++lastStackId);
        stack = new Stack(id, user, cheapest.nodeSmallId(), order.model(), stackUnits);
        ledger.add(stack);
        bought = true;
      }
      hold = stack.lock(++lastHoldNumber, order.units(), expiresAtNanos);
    }
    startTimer(hold, order.timeout());
    return new LockOutcome.Locked(
        hold.stack().id(), hold.stack().nodeSmallId(), bought ? freshDigest() : null);
  }

  /**
   * Consumes the user's smallest live lock on the stack that fits, among equals the one that
   * expires first, in one atomic step.
   *
   * @param units what the request needs, in compute units; positive
   * @return nothing where no such lock lives, whatever the reason
   * @throws IllegalArgumentException if the user has no account or {@code units} is not positive
   */
  public Optional<Reservation> consume(UserId user, StackId stack, String model, long units) {
    if (units <= 0) {
      throw new IllegalArgumentException("request for " + units + " units is not positive");
    }
    Ledger ledger = ledgerOf(user);
    long nowNanos = elapsedNanos();
    synchronized (monitor) {
      return ledger
          .openStack(stack)
          .filter(candidate -> candidate.model().equals(model))
          .flatMap(candidate -> candidate.consume(units, nowNanos))
          .map(hold -> new Reservation(this, hold));
    }
  }

  /** Returns all accounts as they are at one moment. */
  public Books books() {
    synchronized (monitor) {
      return new Books(
          ledgers.values().stream().flatMap(ledger -> ledger.stackEntries().stream()).toList(),
          ledgers.values().stream().map(Ledger::userEntry).toList());
    }
  }

  OptionalLong settle(Reservation reservation, long units) {
    Hold hold = reservation.hold();
    Stack stack = hold.stack();
    long charged;
    Timer timer;
    synchronized (monitor) {
      if (!reservation.close()) {
        return OptionalLong.empty();
      }
      charged = stack.settle(hold, units);
      ledgerOf(stack.user()).setAsideIfExhausted(stack);
      timer = hold.dropTimer();
    }
    timer.cancel();
    return OptionalLong.of(charged);
  }

  boolean giveBack(Reservation reservation) {
    Hold hold = reservation.hold();
    long nowNanos = elapsedNanos();
    synchronized (monitor) {
      if (!reservation.close()) {
        return false;
      }
      // The timer of the lock runs on while a request uses it, so there is none to start again.
      hold.stack().giveBack(hold, nowNanos);
      return true;
    }
  }

  private void startTimer(Hold hold, Duration timeout) {
    Timer timer;
    try {
      timer = time.after(timeout, () -> expire(hold));
    } catch (RuntimeException noTimer) {
      // Without a timer the units would never come back.
      expire(hold);
      throw noTimer;
    }
    synchronized (monitor) {
      if (!hold.isOver()) {
        hold.keepTimer(timer);
        return;
      }
    }
    // Another request of the user took the lock and was settled before the timer was known.
    timer.cancel();
  }

  private void expire(Hold hold) {
    synchronized (monitor) {
      hold.stack().expire(hold);
    }
  }

  private Ledger ledgerOf(UserId user) {
    Ledger ledger = ledgers.get(user);
    if (ledger == null) {
      throw new IllegalArgumentException("user " + user.value() + " has no account");
    }
    return ledger;
  }

  private long elapsedNanos() {
    return time.nanoTime() - originNanos;
  }

  private String freshDigest() {
    byte[] digest = new byte[DIGEST_SIZE_IN_BYTES];
    random.nextBytes(digest);
    return HexFormat.of().formatHex(digest);
  }
}
