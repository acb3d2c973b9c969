package dev.sealcheck.node.enclave;

import dev.sealcheck.node.enclave.ReplaySet.Admission;
import java.util.function.BooleanSupplier;
import java.util.function.LongBinaryOperator;

/**
 * A part of a replay set: an open-addressing table of 128-bit fingerprints, two longs to a slot,
 * with linear probing; it doubles when three quarters are used. Safe for use by many threads.
 */
final class ReplayStripe {

  private static final int FIRST_SLOTS = 16;
  private static final int LONGS_OF_A_SLOT = 2;

  private final LongBinaryOperator place;
  private long[] table = new long[FIRST_SLOTS * LONGS_OF_A_SLOT];
  private int used;

  /** A slot of zeros is free, so the fingerprint of zeros has a place of its own. */
  private boolean holdsZeros;

  /**
   * An empty stripe.
   *
   * @param place spreads the two halves of a fingerprint over all longs, the upper bits best
   */
  ReplayStripe(LongBinaryOperator place) {
    this.place = place;
  }

  /**
   * Looks a fingerprint up and adds it in one atomic step.
   *
   * @param room asked once, before a new fingerprint is added; false keeps it out
   */
  synchronized Admission admit(long high, long low, BooleanSupplier room) {
    boolean zeros = high == 0 && low == 0;
    int slot = zeros ? -1 : slotOf(table, high, low);
    if (zeros ? holdsZeros : isTaken(table, slot)) {
      return Admission.REPLAYED;
    }
    if (!room.getAsBoolean()) {
      return Admission.NO_ROOM;
    }
    if (zeros) {
      holdsZeros = true;
    } else {
      table[slot] = high;
      table[slot + 1] = low;
      used++;
      growIfCrowded();
    }
    return Admission.NEW;
  }

  /** The bytes of the table. */
  synchronized long bytes() {
    return (long) table.length * Long.BYTES;
  }

  private void growIfCrowded() {
    int slots = table.length / LONGS_OF_A_SLOT;
    if (used * 4L < slots * 3L) {
      return;
    }
    long[] larger = new long[table.length * 2];
    for (int i = 0; i < table.length; i += LONGS_OF_A_SLOT) {
      if (isTaken(table, i)) {
        int slot = slotOf(larger, table[i], table[i + 1]);
        larger[slot] = table[i];
        larger[slot + 1] = table[i + 1];
      }
    }
    table = larger;
  }

  /** Where a fingerprint stands, or the free slot where it would; there always is a free one. */
  private int slotOf(long[] where, long high, long low) {
    int slots = where.length / LONGS_OF_A_SLOT;
    int bits = Integer.numberOfTrailingZeros(slots);
    int slot = (int) (place.applyAsLong(high, low) >>> (Long.SIZE - bits)) * LONGS_OF_A_SLOT;
    while (isTaken(where, slot) && (where[slot] != high || where[slot + 1] != low)) {
      slot = (slot + LONGS_OF_A_SLOT) & (where.length - 1);
    }
    return slot;
  }

  private static boolean isTaken(long[] where, int slot) {
    return where[slot] != 0 || where[slot + 1] != 0;
  }
}
