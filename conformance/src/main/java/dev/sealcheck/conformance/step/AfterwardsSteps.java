package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.util.Optional;

/** The good request before and after something that may have done harm. */
public final class AfterwardsSteps {

  /** What scheduling on a busy machine can add to a request that takes milliseconds. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** A service that has lost threads or locks waits for limits of seconds, far above this. */
  private static final int SLOWER = 10;

  private final World world;
  private Duration before = Duration.ZERO;
  private Duration after = Duration.ZERO;
  private Optional<CheckFailed> dead = Optional.empty();

  /** Made by Cucumber for each scenario. */
  public AfterwardsSteps(World world) {
    this.world = world;
  }

  /** Runs {@code harm} between a good request that is relied on and one that is judged. */
  void around(TestClient client, Runnable harm) {
    RequestRecipe good = world.recipes().chat();
    long start = world.run().clock().nanoTime();
    Twins.complete(client, good, "before");
    before = Duration.ofNanos(world.run().clock().nanoTime() - start);
    Optional<NotRun> cutShort = run(harm);
    start = world.run().clock().nanoTime();
    try {
      // The lock is part of what must still be answered, so nothing here is relied on.
      LockGrant lock = client.door().standing().orElseGet(() -> client.grant(client.askForLock()));
      SealedRequest request = client.seal(good, lock);
      client.completed(client.open(client.send(request), request));
    } catch (CheckFailed failed) {
      dead = Optional.of(failed);
    }
    if (dead.isEmpty() && cutShort.isPresent()) {
      throw cutShort.get();
    }
    after = Duration.ofNanos(world.run().clock().nanoTime() - start);
  }

  /** A service that stops giving what the harm needs is judged by the good request. */
  private static Optional<NotRun> run(Runnable harm) {
    try {
      harm.run();
      return Optional.empty();
    } catch (NotRun unserved) {
      return Optional.of(unserved);
    }
  }

  @Then("the next good request is answered")
  public void nextIsAnswered() {
    if (dead.isPresent()) {
      throw new CheckFailed("a good request answered afterwards", dead.get().seen());
    }
  }

  @Then("it takes no longer than before")
  public void nextIsAsQuick() {
    Duration limit = before.multipliedBy(SLOWER).plus(SLACK);
    if (after.compareTo(limit) > 0) {
      throw new CheckFailed(
          "a good request answered within "
              + limit.toMillis()
              + " ms, one before took "
              + before.toMillis(),
          after.toMillis() + " ms");
    }
  }
}
