package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.UnitLock;
import dev.sealcheck.conformance.world.UnitProbe;
import dev.sealcheck.conformance.world.UnitProbe.Count;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What locks do to units without any request: nothing where refused, nothing for good elsewhere.
 */
public final class LockCountSteps {

  /** Long enough to lock all there is, which takes three requests. */
  private static final int SHORT_SECONDS = 3;

  private final World world;
  private final UnitProbe probe;
  private final Map<String, Exchange> refusals = new LinkedHashMap<>();
  private Count count;

  /** Made by Cucumber for each scenario. */
  public LockCountSteps(World world, UnitProbe probe) {
    this.world = world;
    this.probe = probe;
  }

  @Given("a user whose every unit is locked for a short while")
  public void everyUnitIsLockedShortly() {
    probe.lockAll();
    probe.useUp();
    probe.lockAllOf(world.client(), SHORT_SECONDS);
  }

  @When("the locks end, and nothing is asked meanwhile")
  public void locksEnd() {
    count = probe.countAfterTheEnd();
    probe.useUp();
  }

  @When("the client asks for locks with wrong numbers, and for one unit more than a stack has")
  public void askForWrongNumbers() {
    UnitLock free = probe.free();
    for (LockField field : LockField.values()) {
      field.wrongValues().forEach((words, json) -> ask(words, field, json));
    }
    long more = world.profile().limits().stackUnits() + 1;
    ask("one unit more than a stack has", LockField.UNITS, Long.toString(more));
    count = probe.count(free.stack(), free.units());
    probe.useUp();
  }

  @Then("all units are free again")
  public void allAreFreeAgain() {
    UnitSteps.require(count, "all units of expired locks free again");
  }

  @Then("each of these locks is refused as {refusal}")
  public void isRefused(Refusal refusal) {
    refusals.forEach(
        (words, exchange) -> refusal.judge("a lock for " + words, exchange, world.check()));
  }

  @Then("no unit is locked or charged")
  public void noUnitIsGone() {
    UnitSteps.require(count, "as many free units as before the refused lock requests");
  }

  private void ask(String words, LockField field, String json) {
    TestClient client = world.client();
    Bytes request = field.in(client.lockRequest(), json);
    refusals.put(words, client.askForLock(request, TestClient.DEFAULT_LOCK_TIMEOUT));
  }
}
