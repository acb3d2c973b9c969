package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.Charges;
import dev.sealcheck.conformance.world.UnitLock;
import dev.sealcheck.conformance.world.UnitProbe;
import dev.sealcheck.conformance.world.UnitProbe.Count;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Answers that used more than their lock holds. */
public final class LargeUsageSteps {

  /** With the next, more than a lock of the default size. */
  private static final long PROMPT_TOKENS = 1_000;

  private static final long COMPLETION_TOKENS = 8_000;

  private final World world;
  private final UnitProbe probe;
  private UnitLock free;
  private CheckFailed undelivered;
  private Count count;
  private Count besides;

  /** Made by Cucumber for each scenario. */
  public LargeUsageSteps(World world, UnitProbe probe) {
    this.world = world;
    this.probe = probe;
  }

  @Given("an engine that the check plays, and a user with one free stack")
  public void engineAndFreeStack() {
    world.engine();
    probe.lockAll();
    free = probe.free();
  }

  @When("the client has a chat answered that used more than its lock")
  public void useMoreThanTheLock() {
    long used = sendLarge(lock());
    count = probe.count(free.stack(), free.units() - used);
    probe.useUp();
  }

  @When("the client has a chat answered that used more than its lock, while nothing else is free")
  public void useMoreThanThereIs() {
    if (!probe.lock(free.units() - UnitProbe.DEFAULT_UNITS)) {
      throw new NotRun("what the check builds on failed: free units cannot be locked");
    }
    UnitLock beside = probe.takeOn(free.stack());
    sendLarge(lock());
    count = probe.count(free.stack(), 0);
    // What the other lock held must be whole: it is used, and what it gives back is counted.
    besides = probe.count(free.stack(), probe.spend(beside));
    probe.useUp();
  }

  @Then("the answer is delivered")
  public void answerIsDelivered() {
    if (undelivered != null) {
      throw undelivered;
    }
  }

  @Then("all that it used is charged")
  public void allIsCharged() {
    UnitSteps.require(count, "all tokens of the usage charged, those above the lock too");
  }

  @Then("its whole lock is charged, and no unit of another lock")
  public void lockIsCharged() {
    UnitSteps.require(count, "the whole lock charged, and nothing free");
    UnitSteps.require(besides, "no unit charged that another lock holds");
  }

  private LockGrant lock() {
    return probe
        .defaultLock()
        .orElseThrow(
            () -> new NotRun("what the check builds on failed: free units cannot be locked"));
  }

  /** What the answer says that it used; where there is none, what it would have said. */
  private long sendLarge(LockGrant lock) {
    world.engine().does(Behaviours.withUsage(PROMPT_TOKENS, COMPLETION_TOKENS));
    try {
      return Charges.of(world.client(), world.recipes().chat(), lock);
    } catch (CheckFailed failed) {
      undelivered = failed;
      return PROMPT_TOKENS + COMPLETION_TOKENS;
    } finally {
      world.engine().does(Behaviours.ordinary());
    }
  }
}
