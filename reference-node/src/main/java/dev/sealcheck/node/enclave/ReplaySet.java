package dev.sealcheck.node.enclave;

import dev.sealcheck.protocol.crypto.SealingKey;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The derived keys that were used under one X25519 key, by fingerprint. It never forgets one, and
 * takes a documented number of them; docs/PROTOCOL.md section 7.
 *
 * <p>The fingerprints lie flat in arrays, since as objects of their own they would take three times
 * the memory. The table is cut into stripes, so that growing one holds few requests up.
 */
final class ReplaySet {

  /** What became of one fingerprint. */
  enum Admission {
    /** It was not there, and is now. */
    NEW,
    /** It was there already. */
    REPLAYED,
    /** It was not there, and there is no room for it. */
    NO_ROOM
  }

  private static final int STRIPE_BITS = 6;

  private final int limit;
  private final AtomicInteger entries = new AtomicInteger();
  private final ReplayStripe[] stripes = new ReplayStripe[1 << STRIPE_BITS];
  private final long multiplier;

  /**
   * An empty set.
   *
   * @param limit how many fingerprints it takes; positive
   * @param random makes places in the table unforeseeable to who chooses fingerprints
   */
  ReplaySet(int limit, RandomGenerator random) {
    if (limit < 1) {
      throw new IllegalArgumentException("replay limit is " + limit + ", must be above 0");
    }
    this.limit = limit;
    this.multiplier = random.nextLong() | 1;
    for (int i = 0; i < stripes.length; i++) {
      // The upper bits have chosen the stripe, so they say nothing within it.
      stripes[i] = new ReplayStripe((high, low) -> spread(high, low) << STRIPE_BITS);
    }
  }

  /** Looks the fingerprint up and adds it in one atomic step. */
  Admission admit(byte[] fingerprint) {
    if (fingerprint.length != SealingKey.FINGERPRINT_SIZE_IN_BYTES) {
      throw new IllegalArgumentException("a fingerprint is 16 bytes, not " + fingerprint.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(fingerprint);
    long high = buffer.getLong();
    long low = buffer.getLong();
    int stripe = (int) (spread(high, low) >>> (Long.SIZE - STRIPE_BITS));
    return stripes[stripe].admit(high, low, this::takeRoom);
  }

  /** How many fingerprints are in it. */
  int entries() {
    return entries.get();
  }

  /** Whether it takes no more. */
  boolean isFull() {
    return entries.get() >= limit;
  }

  /** The bytes of its tables. */
  long bytes() {
    long bytes = 0;
    for (ReplayStripe stripe : stripes) {
      bytes += stripe.bytes();
    }
    return bytes;
  }

  /** The upper bits of a product depend on all bits of its factors. */
  private long spread(long high, long low) {
    return (high ^ low) * multiplier;
  }

  private boolean takeRoom() {
    return entries.getAndUpdate(count -> count < limit ? count + 1 : count) < limit;
  }
}
