package dev.sealcheck.proxy.account;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One prepaid budget of units: a user's, on one node, for one model. Used and reserved units never
 * exceed its size. Guarded by the monitor of {@link Accounts}.
 */
final class Stack {

  private final StackId id;
  private final UserId user;
  private final long nodeSmallId;
  private final String model;
  private final long sizeUnits;
  private final NavigableSet<Hold> liveLocks = new TreeSet<>(Hold.SMALLEST_THEN_FIRST_TO_EXPIRE);
  private long usedUnits;
  private long reservedUnits;
  private int openReservations;

  Stack(StackId id, UserId user, long nodeSmallId, String model, long sizeUnits) {
    this.id = id;
    this.user = user;
    this.nodeSmallId = nodeSmallId;
    this.model = model;
    this.sizeUnits = sizeUnits;
  }

  StackId id() {
    return id;
  }

  UserId user() {
    return user;
  }

  long nodeSmallId() {
    return nodeSmallId;
  }

  String model() {
    return model;
  }

  int liveLocks() {
    return liveLocks.size();
  }

  long usedUnits() {
    return usedUnits;
  }

  long freeUnits() {
    return sizeUnits - usedUnits - reservedUnits;
  }

  /** Every unit is used, so nothing is reserved and nothing will ever change here again. */
  boolean isExhausted() {
    return usedUnits == sizeUnits;
  }

  /** Returns a new lock of units that are free. */
  Hold lock(long number, long units, long expiresAtNanos) {
    if (units > freeUnits()) {
      throw new IllegalArgumentException(
          "lock of " + units + " units where " + freeUnits() + " are free");
    }
    Hold hold = new Hold(this, number, units, expiresAtNanos);
    reservedUnits += units;
    liveLocks.add(hold);
    return hold;
  }

  /** Returns the smallest live lock of at least {@code units}, which now serves a request. */
  Optional<Hold> consume(long units, long nowNanos) {
    for (Hold hold : liveLocks) {
      if (hold.units() >= units && !hold.isExpiredAt(nowNanos)) {
        liveLocks.remove(hold);
        openReservations++;
        hold.consume();
        return Optional.of(hold);
      }
    }
    return Optional.empty();
  }

  /** Frees the units of a live lock; one that serves a request only remembers its end. */
  void expire(Hold hold) {
    hold.noteTimer();
    if (hold.isLive()) {
      liveLocks.remove(hold);
      free(hold);
    }
  }

  /** Returns what the request is charged: at most its lock and what is free beside it. */
  long settle(Hold hold, long units) {
    openReservations--;
    free(hold);
    long charged = Math.min(units, freeUnits());
    usedUnits += charged;
    return charged;
  }

  /** Makes a consumed lock live again, or frees its units where its time is up. */
  void giveBack(Hold hold, long nowNanos) {
    openReservations--;
    if (hold.isExpiredAt(nowNanos)) {
      free(hold);
    } else {
      hold.restore();
      liveLocks.add(hold);
    }
  }

  Books.StackEntry entry() {
    return new Books.StackEntry(
        id,
        user,
        nodeSmallId,
        model,
        sizeUnits,
        usedUnits,
        reservedUnits,
        liveLocks.size(),
        openReservations);
  }

  private void free(Hold hold) {
    hold.end();
    reservedUnits -= hold.units();
  }
}
