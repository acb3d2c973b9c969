package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.world.Attempt;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Locks and what does not fit them: more units, another model; neither costs the lock. */
public final class LockFitSteps {

  /** What the twins ask for, so that they fit a lock of any default. */
  private static final long FEW_UNITS = 100;

  /** 256 times 256 pixels, what the recipe asks for. */
  private static final long IMAGE_UNITS = 65_536;

  private final World world;
  private TestClient client;
  private RequestRecipe recipe;
  private ObjectNode lockRequest;
  private Attempt unfit;
  private SealedRequest fit;
  private Exchange answer;

  /** Made by Cucumber for each scenario. */
  public LockFitSteps(World world) {
    this.world = world;
  }

  @Given("a lock request with the defaults left out")
  public void leftOut() {
    begin(world.client(), world.recipes().chat().withNumComputeUnits(FEW_UNITS));
  }

  @Given("a lock request with the defaults left out, for an image model")
  public void leftOutForImages() {
    String model = world.profile().offer().requireImages();
    begin(world.clientFor(model), world.recipes().image(model).withNumComputeUnits(IMAGE_UNITS));
  }

  @Given("a lock request with null for the defaults")
  public void nulls() {
    leftOut();
    lockRequest.putNull("max_num_tokens").putNull("timeout");
  }

  @Given("a lock request with null for the defaults, for an image model")
  public void nullsForImages() {
    leftOutForImages();
    lockRequest.putNull("max_num_tokens").putNull("timeout");
  }

  @When("the client sends a request for {long} units and then one for {long} units on the lock")
  public void sendForUnits(long tooMany, long fitting) {
    RequestRecipe larger = recipe.withNumComputeUnits(tooMany);
    sendBoth("for more units than its lock", larger, recipe.withNumComputeUnits(fitting));
  }

  @When("the client sends a request for another model and then one for its own on the lock")
  public void sendForAnotherModel() {
    String other = world.profile().offer().requireOtherChat();
    begin(world.client(), world.recipes().chat());
    ObjectNode body = StrictJson.parseObject(recipe.plaintext()).put("model", other);
    RequestRecipe foreign = recipe.withModel(other).withPlaintext(StrictJson.write(body));
    // A model that is good for no request would be refused on any lock.
    Twins.complete(world.clientFor(other), foreign, "before");
    sendBoth("for another model than its lock's", foreign, recipe);
  }

  @Then("the first is refused as {refusal}, and the lock still serves the second")
  public void onlyTheFirstIsRefused(Refusal refusal) {
    unfit.requireRefused(refusal, world);
    client.completed(client.open(answer, fit));
  }

  private void begin(TestClient sender, RequestRecipe unharmed) {
    client = sender;
    recipe = unharmed;
    lockRequest = sender.lockRequest();
  }

  private void sendBoth(String how, RequestRecipe first, RequestRecipe second) {
    Twins.around(
        client,
        recipe,
        () -> {
          Exchange asked =
              client.askForLock(StrictJson.write(lockRequest), TestClient.DEFAULT_LOCK_TIMEOUT);
          LockGrant lock = TestClient.rely(() -> client.grant(asked));
          SealedRequest refused = TestClient.rely(() -> client.seal(first, lock));
          unfit = Attempt.of(world, "a request " + how, () -> client.send(refused));
          fit = TestClient.rely(() -> client.seal(second, lock));
          answer = client.send(fit);
          return null;
        });
  }
}
