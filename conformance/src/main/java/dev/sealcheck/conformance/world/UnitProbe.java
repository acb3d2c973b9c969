package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.verdict.NotRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts the units of a user by locking: all of them are locked first, so that what a request gives
 * back of its lock is exactly what can be locked after it. Made by Cucumber for each scenario.
 */
public final class UnitProbe {

  /** What can be locked, beside what should be. */
  public enum Count {
    /** Less: too much was charged, or a lock was not released. */
    FEWER,
    /** The same, to the unit. */
    EXACT,
    /** More: too little was charged, or more was released than the lock held. */
    MORE
  }

  /** The size of a lock and of a request that name none, docs/PROTOCOL.md section 2. */
  public static final long DEFAULT_UNITS = 8_192;

  /** Far longer than any check counts; the locks are used up at its end and do not wait for it. */
  private static final int LIFE_SECONDS = 15;

  /**
   * docs/PROTOCOL.md section 6: a proxy reads on for at most 5 s; the rest is for a busy machine.
   */
  private static final Duration SETTLEMENT = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final World world;
  // Free on a stack beside the lock that the probe holds there; known, and so not looked for again.
  private final Map<Long, Long> besideUnits = new TreeMap<>();
  private TestClient client;
  private UnitLocks locks;

  /** A probe of the check's user, who becomes a counting one with the first use. */
  public UnitProbe(World world) {
    this.world = world;
  }

  /** Has a chat answered, as the twin before, and locks every free unit of the user. */
  public void lockAll() {
    lockAll(LIFE_SECONDS);
  }

  /** As {@link #lockAll()}, for checks that count that long. */
  public void lockAll(int seconds) {
    TestClient counting = world.countingClient();
    use(counting, counting.lock());
    lockAllOf(counting, seconds);
  }

  /** Has a chat answered on a lock that is not the probe's; returns the units it was charged. */
  public long use(TestClient counting, LockGrant lock) {
    long charged = TestClient.rely(() -> Charges.of(counting, world.recipes().chat(), lock));
    // A stack not seen before is taken for a new one; where it is not, the units are searched for.
    long before =
        counting
            .user()
            .freeUnits()
            .getOrDefault(lock.stackSmallId(), world.profile().limits().stackUnits());
    counting.user().noteFreeUnits(lock.stackSmallId(), before - charged);
    return charged;
  }

  /** As {@link #lockAll(int)}, without the twin: using them up has to do. */
  public void lockAllOf(TestClient counting, int seconds) {
    client = counting;
    locks = new UnitLocks(world, client);
    locks.lockAll(seconds);
  }

  /**
   * How many locks of {@code size} units the stacks have room for.
   *
   * @param besides units on each stack that count as free beside those that are locked now
   */
  public long capacity(long size, Map<Long, Long> besides) {
    return locks.all().stream()
        .mapToLong(one -> (one.units() + besides.getOrDefault(one.stack(), 0L)) / size)
        .sum();
  }

  /** The largest lock, to be used by one request of the check. */
  public UnitLock take() {
    return taken(locks.all().get(0));
  }

  /** The largest lock on that stack, likewise. */
  public UnitLock takeOn(long stack) {
    return taken(
        locks.all().stream().filter(one -> one.stack() == stack).findFirst().orElseThrow());
  }

  /** Whether that many units can be locked; the lock stays with the probe. */
  public boolean lock(long units) {
    return locks.take(units, LIFE_SECONDS);
  }

  /** A lock of the default size for the check; empty where there is no room for it. */
  public Optional<LockGrant> defaultLock() {
    return locks.attempt(DEFAULT_UNITS, LIFE_SECONDS);
  }

  /**
   * Makes the largest stack free, everything else staying locked: two chats are answered on its
   * lock, and the first is counted, so that a proxy which charges wrongly is not blamed for more.
   *
   * @return the last lock used, with the units that are free on its stack
   */
  public UnitLock free() {
    UnitLock first = take();
    if (count(first.stack(), spend(first)) != Count.EXACT) {
      throw new NotRun("what the check builds on failed: a chat is not charged as its usage says");
    }
    UnitLock second = takeOn(first.stack());
    return new UnitLock(second.lock(), spend(second));
  }

  /**
   * Whether exactly {@code units} are free, all of them on {@code stack}; they are locked then.
   *
   * @throws NotRun if locks have ended meanwhile
   */
  public Count count(long stack, long units) {
    return judged(stack, units <= 0 || lock(units));
  }

  /** As {@link #count}, for a settlement that may take a while because a client has gone. */
  public Count countWhenSettled(long stack, long units) {
    return judged(stack, lockWhenFree(units));
  }

  /**
   * How many of {@code most} units are gone after a client has left, the others being free on
   * {@code stack}; {@code most + 1} where it is more, less than 0 where units were added.
   */
  public long goneWhenSettled(long stack, long units, long most) {
    boolean bounded = lockWhenFree(units - most);
    long rest = bounded ? locks.freeUpTo(2 * most) : -1;
    locks.requireAlive();
    if (bounded) {
      besideUnits.put(stack, rest);
    } else {
      client.user().forgetFreeUnits();
    }
    return most - rest;
  }

  /**
   * Waits for the end of all locks, without another request, and counts what is free then.
   *
   * @throws NotRun if they end too late for the check
   */
  public Count countAfterTheEnd() {
    List<UnitLock> before = locks.all();
    locks.awaitEnd();
    locks.begin(LIFE_SECONDS);
    boolean all = before.stream().allMatch(one -> lock(one.units()));
    Count count = all ? more() : Count.FEWER;
    locks.requireAlive();
    return count;
  }

  /** Uses up all locks, each by a chat that must be answered: the twins after. */
  public void useUp() {
    locks.all().forEach(one -> spend(taken(one)));
    // Whatever was locked for a look only is gone by then.
    client.user().noLockAfter(world.run().clock().nanoTime() + UnitLocks.GLANCE.toNanos());
  }

  /** Has a chat answered on that lock; returns what is free of it then, if all is right. */
  public long spend(UnitLock lock) {
    // All that the lock holds: what becomes of the rest where less is asked for is ACC-02's to say.
    RequestRecipe recipe = world.recipes().chat().withNumComputeUnits(lock.units());
    long left = lock.units() - TestClient.rely(() -> Charges.of(client, recipe, lock.lock()));
    client.user().noteFreeUnits(lock.stack(), left + besideUnits.getOrDefault(lock.stack(), 0L));
    return left;
  }

  private UnitLock taken(UnitLock one) {
    locks.leave(one);
    return one;
  }

  private boolean lockWhenFree(long units) {
    long end = world.run().clock().nanoTime() + SETTLEMENT.toNanos();
    boolean free = lock(units);
    while (!free && world.run().clock().nanoTime() - end < 0) {
      world.await(PAUSE);
      free = lock(units);
    }
    return free;
  }

  private Count judged(long stack, boolean free) {
    client.user().noteFreeUnits(stack, 0);
    Count count = free ? more() : Count.FEWER;
    if (!free) {
      client.user().forgetFreeUnits();
    }
    locks.requireAlive();
    return count;
  }

  private Count more() {
    if (!locks.oneIsFree()) {
      return Count.EXACT;
    }
    client.user().forgetFreeUnits();
    return Count.MORE;
  }
}
