package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Requests for streams that are refused before a stream begins. */
public final class EarlyErrorSteps {

  private static final int RETRY_AFTER_SECONDS = 7;
  private static final int TOO_MANY = 429;

  private final World world;
  private Exchange answer;

  /** Made by Cucumber for each scenario. */
  public EarlyErrorSteps(World world) {
    this.world = world;
  }

  @When("the client asks for a stream on a lock that it has used")
  public void streamWithoutLock() {
    TestClient client = world.quietClient();
    RequestRecipe recipe = world.recipes().chatStream();
    answer =
        Twins.around(
            client,
            recipe,
            () -> {
              LockGrant lock = client.lock();
              TestClient.rely(() -> client.readStream(client.seal(recipe, lock)));
              return client.send(client.seal(recipe, lock));
            });
  }

  @When("the client asks for a stream without a nonce")
  public void streamWithoutNonce() {
    TestClient client = world.client();
    RequestRecipe recipe = world.recipes().chatStream();
    answer =
        Twins.around(
            client,
            recipe,
            () -> client.send(seal(client, recipe).tampered(e -> e.without("nonce"))));
  }

  @When("the client asks for a stream of an engine that is full")
  public void streamOfFullEngine() {
    RequestRecipe recipe = world.recipes().chatStream();
    answer =
        PlayedEngine.around(
            world,
            recipe,
            engine -> {
              engine.does(Behaviours.tooManyRequests(RETRY_AFTER_SECONDS));
              return world.client().send(seal(world.client(), recipe));
            });
  }

  @Then("it gets no stream but the error of {refusal}")
  public void isPlainError(Refusal refusal) {
    refusal.judge("a request for a stream", answer, world.check());
  }

  @Then("the error says how long to wait")
  public void saysHowLong() {
    if (answer.status() == TOO_MANY && answer.headers().first("Retry-After").isEmpty()) {
      throw new CheckFailed("429 with Retry-After", "429 without");
    }
  }

  private static SealedRequest seal(TestClient client, RequestRecipe recipe) {
    return TestClient.rely(() -> client.seal(recipe, client.lock()));
  }
}
