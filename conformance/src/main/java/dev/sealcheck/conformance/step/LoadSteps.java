package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.world.LeftStream;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** More requests than an engine takes at once, one after another: none may count as load. */
public final class LoadSteps {

  private static final int TOO_MANY_REQUESTS = 429;

  /** Other checks may fill the engine for a moment; what is counted for ever stays refused. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final World world;
  private Optional<CheckFailed> refusedForLoad = Optional.empty();

  /** Made by Cucumber for each scenario. */
  public LoadSteps(World world) {
    this.world = world;
  }

  @When("the client has one chat more answered than the engine takes at once, in turn")
  public void haveAnswered() {
    RequestRecipe recipe = world.recipes().chat();
    inTurn(() -> isTaken(world.client().send(sealed(recipe))));
  }

  @When("the client sends one request more that cannot be opened than the engine takes, in turn")
  public void sendUndecryptable() {
    RequestRecipe recipe = world.recipes().chat();
    inTurn(
        () ->
            isTaken(
                world.client().send(sealed(recipe).tampered(e -> e.flippedBit("ciphertext", 0)))));
  }

  @When("the client sends one chat more than the engine takes at once, in turn, and all fail")
  public void sendFailing() {
    world.engine().does(Behaviours.serverError("of no concern to a client"));
    RequestRecipe recipe = world.recipes().chat();
    inTurn(() -> isTaken(world.client().send(sealed(recipe))));
  }

  @When("the client leaves one stream more than the engine takes at once, in turn")
  public void leaveStreams() {
    RequestRecipe recipe = world.recipes().chatStream();
    inTurn(() -> isLeft(recipe));
  }

  @Then("none of them is refused for load, and the next is answered")
  public void noneIsRefusedForLoad() {
    if (refusedForLoad.isPresent()) {
      throw refusedForLoad.get();
    }
  }

  /** Sends once more than the limit, then a good request; stops at the first refusal for load. */
  private void inTurn(BooleanSupplier sending) {
    world.profile().require(Permission.COSTLY);
    int limit =
        world
            .profile()
            .limits()
            .concurrent()
            .orElseThrow(
                () -> new NotApplicable("the limit of the engine (profile: limits.concurrent)"));
    boolean taken = true;
    for (int i = 0; taken && i <= limit; i++) {
      taken = patiently(sending);
    }
    if (world.run().servers().engine().isPresent()) {
      world.engine().does(Behaviours.ordinary());
    }
    RequestRecipe good = world.recipes().chat();
    taken = taken && patiently(() -> isTaken(world.client().send(sealed(good))));
    if (taken) {
      world.client().relyOn(good);
    } else {
      refusedForLoad =
          Optional.of(
              new CheckFailed(
                  "no refusal for load of requests that come one after another",
                  "refusals that do not end"));
    }
  }

  private boolean patiently(BooleanSupplier sending) {
    long end = world.run().clock().nanoTime() + PATIENCE.toNanos();
    boolean taken = sending.getAsBoolean();
    while (!taken && world.run().clock().nanoTime() - end < 0) {
      world.await(PAUSE);
      taken = sending.getAsBoolean();
    }
    return taken;
  }

  private SealedRequest sealed(RequestRecipe recipe) {
    TestClient client = world.client();
    return TestClient.rely(() -> client.seal(recipe, client.lock()));
  }

  private boolean isLeft(RequestRecipe recipe) {
    try {
      LeftStream.read(world, sealed(recipe), event -> true);
      return true;
    } catch (CheckFailed noEvent) {
      // Refused, which says something only where it goes on; the caller tries again.
      return false;
    }
  }

  private static boolean isTaken(Exchange answer) {
    return !answer.isAnswered() || answer.status() != TOO_MANY_REQUESTS;
  }
}
