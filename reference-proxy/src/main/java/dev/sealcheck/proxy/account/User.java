package dev.sealcheck.proxy.account;

import java.util.Objects;

/**
 * One configured user.
 *
 * @param id names the user
 * @param tokenHash what the user's bearer token hashes to
 * @param balanceUnits what the user can spend on stacks at the start, in balance units; not
 *     negative
 */
public record User(UserId id, TokenHash tokenHash, long balanceUnits) {

  /**
   * Checks the balance.
   *
   * @throws IllegalArgumentException if {@code balanceUnits} is negative
   */
  public User {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(tokenHash, "tokenHash");
    if (balanceUnits < 0) {
      throw new IllegalArgumentException("balance of " + balanceUnits + " units is negative");
    }
  }
}
