package dev.sealcheck.proxy.account;

/**
 * Names one user of the proxy.
 *
 * @param value positive
 */
public record UserId(long value) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if {@code value} is not positive
   */
  public UserId {
    if (value <= 0) {
      throw new IllegalArgumentException("user id " + value + " is not positive");
    }
  }
}
