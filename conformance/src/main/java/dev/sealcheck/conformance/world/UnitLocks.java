package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.verdict.NotRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Locks on every free unit of a user, one on each stack. While they live, whatever becomes free can
 * be locked and nothing else: so units are counted on a wire that shows none.
 */
final class UnitLocks {

  /** docs/PROTOCOL.md section 9: what cannot be locked and cannot be bought. */
  private static final int NO_BALANCE = 402;

  /** Long enough for a search over a slow network, short enough to wait for its end. */
  private static final int SEARCH_SECONDS = 10;

  /** The life of a lock that only shows that there is room. */
  static final Duration GLANCE = Duration.ofSeconds(1);

  private static final int MOST_STACKS = 16;

  private final World world;
  private final TestClient client;
  private final List<UnitLock> held = new ArrayList<>();
  private long endNanos;

  UnitLocks(World world, TestClient client) {
    this.world = world;
    this.client = client;
  }

  /**
   * Locks all there is, the balance included.
   *
   * @throws NotRun if the free units change meanwhile
   */
  void lockAll(int seconds) {
    if (!lockNoted(seconds)) {
      search();
      if (!lockNoted(seconds)) {
        throw new NotRun("the free units of a user change that nothing else uses");
      }
    }
  }

  /** The locks, the largest first. */
  List<UnitLock> all() {
    return List.copyOf(held);
  }

  /** The lock of that many units, kept among the others; empty where there is no room for it. */
  boolean take(long units, int seconds) {
    Optional<LockGrant> grant = attempt(units, seconds);
    grant.ifPresent(lock -> held.add(new UnitLock(lock, units)));
    held.sort(Comparator.comparingLong(UnitLock::units).reversed());
    return grant.isPresent();
  }

  /** A lock leaves, because it is used. */
  void leave(UnitLock used) {
    held.remove(used);
  }

  /** How many units can be locked, looked for up to {@code most}; those locks live a second. */
  long freeUpTo(long most) {
    long found = 0;
    long size = Long.highestOneBit(most);
    while (size > 0) {
      if (attempt(size, (int) GLANCE.toSeconds()).isPresent()) {
        found += size;
        if (found >= most) {
          return found;
        }
      } else {
        size /= 2;
      }
    }
    return found;
  }

  /** Whether one more unit can be locked; the lock that shows it is gone after a second. */
  boolean oneIsFree() {
    return attempt(1, (int) GLANCE.toSeconds()).isPresent();
  }

  /**
   * Does nothing while all locks live.
   *
   * @throws NotRun if they may have ended: then nothing that was counted means anything
   */
  void requireAlive() {
    if (world.run().clock().nanoTime() - endNanos >= 0) {
      throw new NotRun("counting took longer than the locks live that it needs");
    }
  }

  /** Says that the locks made from now on live that long, and are needed no longer. */
  void begin(int seconds) {
    held.clear();
    endNanos = world.run().clock().nanoTime() + Duration.ofSeconds(seconds).toNanos();
  }

  /** Waits until no lock of the user is open. */
  void awaitEnd() {
    client.user().quietAt().ifPresent(world::awaitNanoTime);
  }

  private boolean lockNoted(int seconds) {
    begin(seconds);
    List<Long> noted =
        client.user().freeUnits().values().stream()
            .filter(units -> units > 0)
            .sorted(Comparator.reverseOrder())
            .toList();
    for (long units : noted) {
      if (!take(units, seconds)) {
        return false;
      }
    }
    long whole = world.profile().limits().stackUnits();
    while (take(whole, seconds)) {
      if (held.size() > MOST_STACKS) {
        throw new NotApplicable(
            "a user whose balance buys no more than " + MOST_STACKS + " stacks");
      }
    }
    boolean exact = !oneIsFree();
    requireAlive();
    return exact;
  }

  /** Finds what is free on each stack by halving, beside the locks that are open already. */
  private void search() {
    Map<Long, Long> found = new TreeMap<>();
    held.forEach(one -> found.merge(one.stack(), one.units(), Long::sum));
    // The unit that lockNoted may have found belongs to what is looked for here.
    world.await(GLANCE.plus(TestUser.EXPIRY_TOLERANCE));
    long size = Long.highestOneBit(world.profile().limits().stackUnits());
    while (size > 0) {
      Optional<LockGrant> grant = attempt(size, SEARCH_SECONDS);
      if (grant.isPresent()) {
        found.merge(grant.get().stackSmallId(), size, Long::sum);
      } else {
        size /= 2;
      }
    }
    requireAlive();
    client.user().forgetFreeUnits();
    found.forEach(client.user()::noteFreeUnits);
    awaitEnd();
  }

  /** A lock that the probe does not keep; empty where there is no room for it. */
  Optional<LockGrant> attempt(long units, int seconds) {
    Exchange answer = client.askForLock(units, seconds);
    if (answer.isAnswered() && answer.status() == NO_BALANCE) {
      return Optional.empty();
    }
    return Optional.of(TestClient.rely(() -> client.grant(answer)));
  }
}
