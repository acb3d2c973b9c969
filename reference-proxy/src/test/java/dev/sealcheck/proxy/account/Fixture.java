package dev.sealcheck.proxy.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Two users, two nodes and stacks of 1,000 units (2,000 for images) on a clock moved by hand. */
final class Fixture {

  static final UserId ANN = new UserId(1);
  static final UserId BOB = new UserId(2);
  static final long STACK_UNITS = 1_000;
  static final long IMAGE_STACK_UNITS = 2_000;
  static final long BALANCE_UNITS = 10_000;
  static final String MODEL = "m/chat";
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** A stack costs 1,000 balance units here. */
  static final NodeOffer CHEAP = new NodeOffer(7, 1_000_000);

  /** A stack costs 3,000 balance units here. */
  static final NodeOffer DEAR = new NodeOffer(3, 3_000_000);

  final HandClock clock = new HandClock();
  final Accounts accounts;

  Fixture() {
    this(new AccountSettings(STACK_UNITS, IMAGE_STACK_UNITS), BALANCE_UNITS);
  }

  Fixture(AccountSettings settings, long balanceUnits) {
    accounts = new Accounts(settings, users(balanceUnits), clock, new Random(1));
  }

  static List<User> users(long balanceUnits) {
    return List.of(
        new User(ANN, TokenHash.of("ann"), balanceUnits),
        new User(BOB, TokenHash.of("bob"), balanceUnits));
  }

  static LockOrder order(long units) {
    return order(units, TIMEOUT);
  }

  static LockOrder order(long units, Duration timeout) {
    return new LockOrder(MODEL, false, units, timeout, List.of(CHEAP, DEAR));
  }

  static LockOrder order(long units, NodeOffer... offers) {
    return new LockOrder(MODEL, false, units, TIMEOUT, List.of(offers));
  }

  /** Locks for Ann, who must succeed. */
  LockOutcome.Locked lock(LockOrder order) {
    LockOutcome outcome = accounts.lock(ANN, order);
    assertThat(outcome).isInstanceOf(LockOutcome.Locked.class);
    return (LockOutcome.Locked) outcome;
  }

  /** Locks and consumes for Ann. */
  Reservation reserve(long units) {
    return accounts.consume(ANN, lock(order(units)).stack(), MODEL, units).orElseThrow();
  }

  boolean canConsume(UserId user, StackId stack, String model, long units) {
    return accounts.consume(user, stack, model, units).isPresent();
  }

  Books.StackEntry stack(StackId id) {
    return accounts.books().stack(id).orElseThrow();
  }

  Books.UserEntry ann() {
    return accounts.books().user(ANN).orElseThrow();
  }
}
