package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.WholeStack;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Optional;

/** Embeddings and images, on locks so large that a stack has room for one. */
public final class ReleaseSteps {

  /** Of docs/PROTOCOL.md section 8: a stack for an image model. */
  private static final long IMAGE_STACK_UNITS = 16_777_216;

  /** 256 times 256 pixels, what the recipe asks for. */
  private static final long IMAGE_UNITS = 65_536;

  /** Where a lock leaks, a stack has room for one; twice that and one more for good measure. */
  private static final int CALLS = 3;

  private final World world;
  private Optional<CheckFailed> leak = Optional.empty();

  /** Made by Cucumber for each scenario. */
  public ReleaseSteps(World world) {
    this.world = world;
  }

  @When("the client has embeddings answered again and again on locks of more than half a stack")
  public void embed() {
    String model = world.profile().offer().requireEmbeddings();
    world.profile().require(Permission.COSTLY);
    world.quietClient();
    long stack = world.profile().limits().stackUnits();
    call(model, world.recipes().embedding(model), overHalf(stack));
  }

  @When("the client has images answered again and again on locks of more than half a stack")
  public void draw() {
    String model = world.profile().offer().requireImages();
    world.profile().require(Permission.COSTLY);
    world.quietClient();
    RequestRecipe recipe = world.recipes().image(model).withNumComputeUnits(IMAGE_UNITS);
    call(model, recipe, overHalf(IMAGE_STACK_UNITS));
  }

  @Then("all locks find room on one stack")
  public void allFindRoom() {
    if (leak.isPresent()) {
      throw leak.get();
    }
  }

  private void call(String model, RequestRecipe recipe, long units) {
    TestClient client = world.clientFor(model);
    WholeStack stack = new WholeStack(client, units);
    LockGrant lock = stack.lock();
    use(client, recipe, lock);
    try {
      for (int i = 1; i < CALLS; i++) {
        lock = stack.lockAgain(lock, "an answer");
        use(client, recipe, lock);
      }
    } catch (CheckFailed leaked) {
      leak = Optional.of(leaked);
    }
  }

  private static void use(TestClient client, RequestRecipe recipe, LockGrant lock) {
    TestClient.rely(
        () -> {
          SealedRequest request = client.seal(recipe, lock);
          return client.completed(client.open(client.send(request), request));
        });
  }

  /** More than half, and enough below all for what earlier requests were charged. */
  private static long overHalf(long stack) {
    return stack / 2 + stack / 16;
  }
}
