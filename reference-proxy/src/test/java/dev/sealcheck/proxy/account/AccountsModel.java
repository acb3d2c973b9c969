package dev.sealcheck.proxy.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plain lists that say what the accounts must do; drives the real ones and compares after each
 * step. Written from docs/PROTOCOL.md section 8, slow and without any thread.
 */
final class AccountsModel {

  static final long STACK_UNITS = 100;
  static final int MAX_LIVE_LOCKS = 6;

  private static final class Lock {
    final UserId user;
    final StackId stack;
    final long units;
    final long expiresAtSeconds;
    Reservation reservation;

    Lock(UserId user, StackId stack, long units, long expiresAtSeconds) {
      this.user = user;
      this.stack = stack;
      this.units = units;
      this.expiresAtSeconds = expiresAtSeconds;
    }
  }

  private record Bought(StackId id, UserId user, long node, String model) {}

  private final Fixture fixture;
  private final List<Bought> stacks = new ArrayList<>();
  private final Map<StackId, Long> charges = new HashMap<>();
  private final Map<UserId, Long> balances = new HashMap<>();
  private final List<Lock> live = new ArrayList<>();
  private final List<Lock> serving = new ArrayList<>();
  private final List<Reservation> ended = new ArrayList<>();
  private long nowSeconds;

  /** Accounts whose users can pay for a few stacks. */
  AccountsModel(long balanceUnits) {
    fixture =
        new Fixture(
            new AccountSettings(STACK_UNITS, STACK_UNITS, MAX_LIVE_LOCKS, 1_000), balanceUnits);
    balances.put(Fixture.ANN, balanceUnits);
    balances.put(Fixture.BOB, balanceUnits);
  }

  void lock(UserId user, String model, long units, int timeoutSeconds, List<NodeOffer> offers) {
    LockOutcome outcome =
        fixture.accounts.lock(
            user, new LockOrder(model, false, units, Duration.ofSeconds(timeoutSeconds), offers));
    Optional<LockOutcome> refusal = refusalOf(user, units, offers);
    Optional<Bought> room = roomFor(user, model, units, offers);
    if (refusal.isPresent()) {
      assertThat(outcome).isEqualTo(refusal.get());
    } else if (room.isEmpty() && balances.get(user) < price(offers.get(0))) {
      assertThat(outcome).isEqualTo(new LockOutcome.BalanceTooLow());
    } else {
      LockOutcome.Locked locked = (LockOutcome.Locked) outcome;
      if (room.isPresent()) {
        assertThat(locked)
            .isEqualTo(new LockOutcome.Locked(room.get().id(), room.get().node(), null));
      } else {
        buy(user, model, offers.get(0), locked);
      }
      live.add(new Lock(user, locked.stack(), units, nowSeconds + timeoutSeconds));
    }
  }

  void use(UserId user, int stack, String model, long units) {
    StackId id = new StackId(stack);
    Optional<Reservation> found = fixture.accounts.consume(user, id, model, units);
    Optional<Lock> expected =
        live.stream()
            .filter(lock -> lock.user.equals(user) && lock.stack.equals(id))
            .filter(lock -> modelOf(id).equals(model))
            .filter(lock -> lock.units >= units && lock.expiresAtSeconds > nowSeconds)
            .min(
                Comparator.<Lock>comparingLong(lock -> lock.units)
                    .thenComparingLong(lock -> lock.expiresAtSeconds));
    assertThat(found.map(Reservation::lockedUnits)).isEqualTo(expected.map(lock -> lock.units));
    expected.ifPresent(
        lock -> {
          live.remove(lock);
          lock.reservation = found.orElseThrow();
          serving.add(lock);
        });
  }

  void pass(int seconds, boolean timersRun) {
    nowSeconds += seconds;
    fixture.clock.moveWithoutTimers(Duration.ofSeconds(seconds));
    if (timersRun) {
      fixture.clock.runDueTimers();
      live.removeIf(lock -> lock.expiresAtSeconds <= nowSeconds);
    }
  }

  void settle(int which, long units) {
    end(which)
        .ifPresent(
            lock -> {
              // The lock itself is out of the lists by now, so its units count as free.
              long charge = Math.min(units, freeUnits(lock.stack));
              assertThat(lock.reservation.settle(units)).hasValue(charge);
              charges.merge(lock.stack, charge, Long::sum);
            });
  }

  void release(int which) {
    end(which).ifPresent(lock -> assertThat(lock.reservation.release()).isTrue());
  }

  void giveBack(int which) {
    end(which)
        .ifPresent(
            lock -> {
              assertThat(lock.reservation.giveBack()).isTrue();
              if (lock.expiresAtSeconds > nowSeconds) {
                live.add(lock);
              }
            });
  }

  void endAgain(int which, long units) {
    if (!ended.isEmpty()) {
      Reservation reservation = ended.get(which % ended.size());
      assertThat(reservation.settle(units)).isEmpty();
      assertThat(reservation.release()).isFalse();
      assertThat(reservation.giveBack()).isFalse();
    }
  }

  /** Compares every number of the books with the lists. */
  void check() {
    Books books = fixture.accounts.books();
    assertThat(books.stacks()).hasSameSizeAs(stacks);
    for (Bought stack : stacks) {
      Books.StackEntry expected =
          new Books.StackEntry(
              stack.id(),
              stack.user(),
              stack.node(),
              stack.model(),
              STACK_UNITS,
              charges.get(stack.id()),
              unitsOn(stack.id(), live) + unitsOn(stack.id(), serving),
              countOn(stack.id(), live),
              countOn(stack.id(), serving));
      assertThat(books.stack(stack.id())).contains(expected);
      assertThat(expected.usedUnits() + expected.reservedUnits()).isBetween(0L, STACK_UNITS);
    }
    for (Books.UserEntry user : books.users()) {
      assertThat(user.balanceUnits()).isEqualTo(balances.get(user.user())).isNotNegative();
    }
  }

  private Optional<LockOutcome> refusalOf(UserId user, long units, List<NodeOffer> offers) {
    if (units > STACK_UNITS) {
      return Optional.of(new LockOutcome.MoreThanAStack(STACK_UNITS));
    }
    if (offers.isEmpty()) {
      return Optional.of(new LockOutcome.NoNode());
    }
    boolean full = live.stream().filter(lock -> lock.user.equals(user)).count() >= MAX_LIVE_LOCKS;
    return Optional.<LockOutcome>of(new LockOutcome.TooManyLocks()).filter(refusal -> full);
  }

  private Optional<Bought> roomFor(UserId user, String model, long units, List<NodeOffer> offers) {
    for (NodeOffer offer : offers) {
      for (Bought stack : stacks) {
        if (stack.user().equals(user)
            && stack.model().equals(model)
            && stack.node() == offer.nodeSmallId()
            && freeUnits(stack.id()) >= units) {
          return Optional.of(stack);
        }
      }
    }
    return Optional.empty();
  }

  private void buy(UserId user, String model, NodeOffer offer, LockOutcome.Locked locked) {
    assertThat(locked.nodeSmallId()).isEqualTo(offer.nodeSmallId());
    assertThat(locked.stackEntryDigest()).matches("[0-9a-f]{64}");
    assertThat(charges).doesNotContainKey(locked.stack());
    stacks.add(new Bought(locked.stack(), user, offer.nodeSmallId(), model));
    charges.put(locked.stack(), 0L);
    balances.merge(user, -price(offer), Long::sum);
  }

  /** The test's offers are priced in whole balance units for each compute unit. */
  private static long price(NodeOffer offer) {
    return STACK_UNITS * (offer.pricePerMillionUnits() / 1_000_000);
  }

  private Optional<Lock> end(int which) {
    if (serving.isEmpty()) {
      return Optional.empty();
    }
    Lock lock = serving.remove(which % serving.size());
    ended.add(lock.reservation);
    return Optional.of(lock);
  }

  private long freeUnits(StackId stack) {
    return STACK_UNITS - charges.get(stack) - unitsOn(stack, live) - unitsOn(stack, serving);
  }

  private String modelOf(StackId id) {
    return stacks.stream().filter(stack -> stack.id().equals(id)).findFirst().orElseThrow().model();
  }

  private static long unitsOn(StackId stack, List<Lock> locks) {
    return locks.stream()
        .filter(lock -> lock.stack.equals(stack))
        .mapToLong(lock -> lock.units)
        .sum();
  }

  private static int countOn(StackId stack, List<Lock> locks) {
    return (int) locks.stream().filter(lock -> lock.stack.equals(stack)).count();
  }
}
