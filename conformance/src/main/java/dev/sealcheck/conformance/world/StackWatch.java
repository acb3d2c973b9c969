package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Locks on every unit of a stack. After a request on one that failed, the same stack can be locked
 * whole again only where the lock was released and nothing charged. Made by Cucumber for each
 * scenario.
 */
public final class StackWatch {

  /** Where more than one whole stack is free a proxy may take any; the suite leaves none behind. */
  private static final int MOST_ATTEMPTS = 3;

  private final World world;
  private final List<CheckFailed> missing = new ArrayList<>();
  private Duration life;
  private LockGrant lock;
  private long lifeEndNanos;

  /** Nothing is locked yet. */
  public StackWatch(World world) {
    this.world = world;
  }

  /**
   * Locks a whole stack of the check's user, between two twins: the one after goes out on the last
   * lock and leaves the stack no longer whole.
   *
   * @param longest far longer than {@code attempts} take
   * @param attempts sends requests on {@link #lock()}, and has each followed by {@link #lookAfter}
   * @throws dev.sealcheck.conformance.verdict.NotApplicable if such locks are not allowed
   */
  public void around(Duration longest, Runnable attempts) {
    world.profile().require(Permission.COSTLY);
    life = longest;
    Twins.complete(world.client(), world.recipes().chat(), "before");
    lock = next();
    attempts.run();
    TestClient client = world.client();
    TestClient.rely(
        () -> {
          SealedRequest request = client.seal(world.recipes().chat(), lock);
          return client.completed(client.open(client.send(request), request));
        });
  }

  /** The lock that the next request goes out on. */
  public LockGrant lock() {
    return lock;
  }

  /**
   * Locks the stack whole again after a request on its lock has failed, and notes where it cannot.
   *
   * @param what failed, in words for the report
   * @throws NotRun if the first lock may have ended by itself
   */
  public void lookAfter(String what) {
    long stack = lock.stackSmallId();
    long firstEndNanos = lifeEndNanos;
    lock = next();
    for (int i = 1; i < MOST_ATTEMPTS && lock.stackSmallId() != stack; i++) {
      lock = next();
    }
    if (firstEndNanos - world.run().clock().nanoTime() <= 0) {
      throw new NotRun("the lock that the check looks at has ended by itself meanwhile");
    }
    if (lock.stackSmallId() != stack) {
      missing.add(
          new CheckFailed(
              "the lock released and nothing charged after " + what,
              "units missing on the stack: it cannot be locked whole again"));
    }
  }

  /**
   * Does nothing where every look found the stack whole.
   *
   * @throws CheckFailed if one did not
   */
  public void requireFree() {
    for (CheckFailed first : missing) {
      throw first;
    }
  }

  private LockGrant next() {
    TestClient client = world.client();
    lifeEndNanos = world.run().clock().nanoTime() + life.toNanos();
    Exchange answer =
        client.askForLock(world.profile().limits().stackUnits(), (int) life.toSeconds());
    return TestClient.rely(() -> client.grant(answer));
  }
}
