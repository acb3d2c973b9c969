package dev.sealcheck.bench;

import dev.sealcheck.proxy.account.TokenHash;
import dev.sealcheck.proxy.account.User;
import dev.sealcheck.proxy.account.UserId;
import java.util.ArrayList;
import java.util.List;

/**
 * A user of the soak.
 *
 * @param id names the user
 * @param use what the user's locks are made for
 */
record Customer(UserId id, Use use) {

  /** Enough for any soak, far below what a sum of all users overflows at. */
  static final long BALANCE_UNITS = 1_000_000_000_000L;

  private static final int STEADY = 4;

  /** What a user's locks are made for. */
  enum Use {
    /** Requests whose charge is known to the unit; shared by all client threads. */
    STEADY,
    /** Requests whose client leaves; one user for each thread, so that each charge can be seen. */
    LEAVING,
    /** Locks that nothing uses in time; one user for each thread. */
    LATE,
    /** No locks at all. */
    STRANGER
  }

  /** The users for this many client threads, ids from 1 without a gap. */
  static List<Customer> all(int threads) {
    List<Customer> all = new ArrayList<>();
    add(all, Use.STEADY, STEADY);
    add(all, Use.LEAVING, threads);
    add(all, Use.LATE, threads);
    add(all, Use.STRANGER, 1);
    return List.copyOf(all);
  }

  /** The bearer token: it opens nothing but this process's own proxy. */
  String token() {
    return "sk-soak-" + id.value();
  }

  /** The user as the proxy is told of it. */
  User user() {
    return new User(id, TokenHash.of(token()), BALANCE_UNITS);
  }

  private static void add(List<Customer> all, Use use, int count) {
    for (int i = 0; i < count; i++) {
      all.add(new Customer(new UserId(all.size() + 1), use));
    }
  }

  @Override
  public String toString() {
    return "Customer[" + id.value() + ", " + use + "]";
  }
}
