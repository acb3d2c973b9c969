package dev.sealcheck.proxy.account;

import java.math.BigInteger;

/**
 * One node that offers a model now.
 *
 * @param nodeSmallId names the node; positive
 * @param pricePerMillionUnits what 1,000,000 compute units cost there, in balance units; not
 *     negative
 */
public record NodeOffer(long nodeSmallId, long pricePerMillionUnits) {

  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if the id is not positive or the price is negative
   */
  public NodeOffer {
    if (nodeSmallId <= 0) {
      throw new IllegalArgumentException("node id " + nodeSmallId + " is not positive");
    }
    if (pricePerMillionUnits < 0) {
      throw new IllegalArgumentException("price " + pricePerMillionUnits + " is negative");
    }
  }

  /** Returns what a stack of this size costs here, in balance units, rounded up. */
  BigInteger costOf(long stackUnits) {
    return BigInteger.valueOf(stackUnits)
        .multiply(BigInteger.valueOf(pricePerMillionUnits))
        .add(MILLION.subtract(BigInteger.ONE))
        .divide(MILLION);
  }
}
