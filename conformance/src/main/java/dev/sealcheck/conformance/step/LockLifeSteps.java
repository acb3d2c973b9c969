package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.Attempt;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;

/** Locks and time: a lock serves until its end, and no longer. */
public final class LockLifeSteps {

  /** Of a life of 5 s: a default of 1 or 2 s is over, and 2 s are left to a busy machine. */
  private static final Duration WELL_BEFORE_THE_END = Duration.ofSeconds(3);

  /** docs/PROTOCOL.md section 2. */
  private static final int LONGEST_SECONDS = 600;

  private final World world;
  private ObjectNode lockRequest;
  private Duration life;
  private SealedRequest early;
  private Exchange earlyAnswer;
  private Attempt late;

  /** Made by Cucumber for each scenario. */
  public LockLifeSteps(World world) {
    this.world = world;
  }

  @Given("a lock with the shortest life")
  public void shortLock() {
    lockRequest = world.client().lockRequest().put("timeout", 1);
    life = Duration.ofSeconds(1);
  }

  @Given("a lock with the longest life")
  public void longLock() {
    lockRequest = world.client().lockRequest().put("timeout", LONGEST_SECONDS);
    life = Duration.ofSeconds(LONGEST_SECONDS);
  }

  @Given("a lock whose life is left out")
  public void defaultLock() {
    lockRequest = world.client().lockRequest();
    life = TestClient.DEFAULT_LOCK_TIMEOUT;
  }

  @Given("a lock whose life is null")
  public void nullLock() {
    lockRequest = world.client().lockRequest().putNull("timeout");
    life = TestClient.DEFAULT_LOCK_TIMEOUT;
  }

  @When("the client sends a chat request on it")
  public void sendAtOnce() {
    // That it is granted is what the longest life is about, so nothing here is relied on.
    sendEarly(world.recipes().chat(), world.client().grant(ask()));
  }

  @When("the client sends a chat request after the lock's end")
  public void sendAfterTheEnd() {
    RequestRecipe recipe = world.recipes().chat();
    Twins.around(
        world.client(),
        recipe,
        () -> {
          Exchange lock = ask();
          sendLate(recipe, lock);
          return null;
        });
  }

  @When("the client sends one chat request well before the end of two such locks, and one after it")
  public void sendBeforeAndAfterTheEnd() {
    RequestRecipe recipe = world.recipes().chat();
    Twins.around(
        world.client(),
        recipe,
        () -> {
          Exchange first = ask();
          Exchange second = ask();
          world.awaitNanoTime(first.endNanos() + WELL_BEFORE_THE_END.toNanos());
          sendEarly(recipe, grant(first));
          if (earlyAnswer.endNanos() - first.startNanos() >= life.toNanos()) {
            throw new NotRun("the machine was too busy to send a request within a lock's life");
          }
          sendLate(recipe, second);
          return null;
        });
  }

  @Then("it still serves")
  public void servesStill() {
    world.client().completed(world.client().open(earlyAnswer, early));
  }

  @Then("what comes too late is refused as {refusal}")
  public void comesTooLate(Refusal refusal) {
    late.requireRefused(refusal, world);
  }

  private Exchange ask() {
    return world.client().askForLock(StrictJson.write(lockRequest), life);
  }

  private LockGrant grant(Exchange answer) {
    return TestClient.rely(() -> world.client().grant(answer));
  }

  private void sendEarly(RequestRecipe recipe, LockGrant lock) {
    early = TestClient.rely(() -> world.client().seal(recipe, lock));
    earlyAnswer = world.client().send(early);
  }

  private void sendLate(RequestRecipe recipe, Exchange lock) {
    SealedRequest request = TestClient.rely(() -> world.client().seal(recipe, grant(lock)));
    world.awaitNanoTime(lock.endNanos() + life.toNanos() + TestUser.EXPIRY_TOLERANCE.toNanos());
    late = Attempt.of(world, "a request on an expired lock", () -> world.client().send(request));
  }
}
