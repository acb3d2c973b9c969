package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.Charges;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.UnitLock;
import dev.sealcheck.conformance.world.UnitProbe;
import dev.sealcheck.conformance.world.UnitProbe.Count;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Optional;

/** What successes cost, counted by locking all that is free before and after. */
public final class UnitSteps {

  /** Of a lock of the default size; enough for what the recipe asks for. */
  private static final long FEW_UNITS = 100;

  /** Locks that a hundred answers over a slow network do not outlive. */
  private static final int LONG_SECONDS = 40;

  private final World world;
  private final UnitProbe probe;
  private UnitLock free;
  private Count count;

  /** Made by Cucumber for each scenario. */
  public UnitSteps(World world, UnitProbe probe) {
    this.world = world;
    this.probe = probe;
  }

  @Given("a user whose every unit is locked")
  public void everyUnitIsLocked() {
    probe.lockAll();
  }

  @Given("a user whose every unit is locked but those of one stack")
  public void oneStackIsFree() {
    world.profile().require(Permission.COSTLY);
    probe.lockAll(LONG_SECONDS);
    free = probe.free();
  }

  @When("the client has a chat answered on one of these locks")
  public void haveAnswered() {
    UnitLock lock = probe.take();
    count(lock, probe.spend(lock));
  }

  @When("the client has a chat streamed on one of these locks")
  public void haveStreamed() {
    UnitLock lock = probe.take();
    TestClient client = world.client();
    long tokens =
        TestClient.rely(
            () -> {
              SealedRequest request = client.seal(world.recipes().chatStream(), lock.lock());
              return Charges.tokens(client.readStream(request).requireComplete().last());
            });
    count(lock, lock.units() - tokens);
  }

  @When("the client has many chats answered, each on a lock much larger than it asks for")
  public void haveManyAnswered() {
    RequestRecipe recipe = world.recipes().chat().withNumComputeUnits(FEW_UNITS);
    long left = free.units();
    boolean leaks = false;
    for (int i = 0; !leaks && i < world.profile().counts().locksInTurn(); i++) {
      Optional<LockGrant> lock = probe.defaultLock();
      leaks = lock.isEmpty();
      if (!leaks) {
        left -= TestClient.rely(() -> Charges.of(world.client(), recipe, lock.get()));
      }
    }
    count = leaks ? Count.FEWER : probe.count(free.stack(), left);
    probe.useUp();
  }

  @Then("exactly the tokens of its usage are gone")
  public void exactlyItsTokensAreGone() {
    require(count, "exactly total_tokens charged, and the rest of the lock free again");
  }

  private void count(UnitLock lock, long left) {
    count = probe.count(lock.stack(), left);
    probe.useUp();
  }

  /** Turns another count into words. */
  static void require(Count count, String expected) {
    if (count != Count.EXACT) {
      throw new CheckFailed(
          expected,
          count == Count.FEWER
              ? "fewer units that can be locked"
              : "more units that can be locked");
    }
  }
}
