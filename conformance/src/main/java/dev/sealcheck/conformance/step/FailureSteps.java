package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.engine.EngineBehaviour;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.Charges;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.UnitLock;
import dev.sealcheck.conformance.world.UnitProbe;
import dev.sealcheck.conformance.world.UnitProbe.Count;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Failures after a lock was consumed, the client's and the engine's: none costs anything. */
public final class FailureSteps {

  private final World world;
  private final UnitProbe probe;
  private final FailedUse use;

  /** Made by Cucumber for each scenario. */
  public FailureSteps(World world, UnitProbe probe, FailedUse use) {
    this.world = world;
    this.probe = probe;
    this.use = use;
  }

  @When("the client sends a chat request on one of these locks, and the engine {engineFailure}")
  public void sendToFailingEngine(EngineBehaviour failure) {
    sendTo(failure, world.recipes().chat());
  }

  @When("the client sends a chat stream on one of these locks, and the engine {engineFailure}")
  public void streamFromFailingEngine(EngineBehaviour failure) {
    sendTo(failure, world.recipes().chatStream());
  }

  @When("the client sends a chat request {clientFault} on one of these locks")
  public void sendFaulty(ClientFault fault) {
    UnitLock lock = probe.take();
    TestClient client = world.client();
    use.send(fault.harm().seal(client, world.recipes().chat(), lock.lock()));
    if (fault == ClientFault.STALE_KEY) {
      use.countGivenBack(lock);
    } else {
      use.count(lock);
    }
  }

  @When("the client sends an answered chat request again on one of these locks")
  public void replay() {
    TestClient client = world.client();
    UnitLock first = probe.take();
    SealedRequest request =
        TestClient.rely(() -> client.seal(world.recipes().chat(), first.lock()));
    long used =
        TestClient.rely(
            () -> Charges.tokens(client.completed(client.open(client.send(request), request))));
    if (probe.count(first.stack(), first.units() - used) != Count.EXACT) {
      throw new NotRun("what the check builds on failed: a chat is not charged as its usage says");
    }
    UnitLock second = probe.takeOn(first.stack());
    use.send(request);
    use.count(second);
  }

  @Then("it fails")
  public void fails() {
    if (use.succeeded()) {
      throw new NotRun("what the check builds on failed: the request was answered all the same");
    }
  }

  @Then("it is a failed inference")
  public void isFailedInference() {
    if (!use.isBrokenStream()) {
      Refusal.FAILED_INFERENCE.judge("a chat", use.exchange(), world.check());
    }
  }

  @Then("nothing is charged, and its lock is free again")
  public void nothingIsCharged() {
    UnitSteps.require(use.count(), "nothing charged for a failure, and its whole lock free again");
  }

  private void sendTo(EngineBehaviour failure, RequestRecipe recipe) {
    UnitLock lock = probe.take();
    SealedRequest request = TestClient.rely(() -> world.client().seal(recipe, lock.lock()));
    world.engine().does(failure);
    try {
      use.send(request);
    } finally {
      world.engine().does(Behaviours.ordinary());
    }
    use.count(lock);
  }
}
