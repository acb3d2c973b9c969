package dev.sealcheck.proxy.account;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What one lock request asks of the accounts.
 *
 * @param model the model that the lock is to serve; not empty
 * @param imageModel whether stacks of this model have the size for images
 * @param units how many compute units to lock; positive
 * @param timeout how long the lock lives; more than zero, at most {@link #MAX_TIMEOUT}
 * @param offers the usable nodes that offer the model, each once, the cheapest first; may be empty
 */
public record LockOrder(
    String model, boolean imageModel, long units, Duration timeout, List<NodeOffer> offers) {

  /** The longest life of a lock; docs/PROTOCOL.md section 2. */
  public static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

  /**
   * Checks the ranges and the order of the offers, and keeps a copy of them.
   *
   * @throws IllegalArgumentException if a value is outside its range, a node is named twice or a
   *     cheaper offer follows a dearer one
   */
  public LockOrder {
    Objects.requireNonNull(model, "model");
    offers = List.copyOf(offers);
    if (model.isEmpty()) {
      throw new IllegalArgumentException("the model's name is empty");
    }
    if (units <= 0) {
      throw new IllegalArgumentException("lock of " + units + " units is not positive");
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "timeout " + timeout + " is not above zero and at most " + MAX_TIMEOUT);
    }
    requireCheapestFirst(offers);
  }

  /** Returns the place of a node among the offers, 0 for the cheapest. */
  OptionalInt rankOf(long nodeSmallId) {
    for (int rank = 0; rank < offers.size(); rank++) {
      if (offers.get(rank).nodeSmallId() == nodeSmallId) {
        return OptionalInt.of(rank);
      }
    }
    return OptionalInt.empty();
  }

  private static void requireCheapestFirst(List<NodeOffer> offers) {
    Set<Long> nodes = new HashSet<>();
    long lastPrice = 0;
    for (NodeOffer offer : offers) {
      if (!nodes.add(offer.nodeSmallId())) {
        throw new IllegalArgumentException("node " + offer.nodeSmallId() + " is offered twice");
      }
      if (offer.pricePerMillionUnits() < lastPrice) {
        throw new IllegalArgumentException(
            "node " + offer.nodeSmallId() + " is cheaper than the offer before it");
      }
      lastPrice = offer.pricePerMillionUnits();
    }
  }
}
