package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.engine.EngineBehaviour;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An engine that fails before anything could be sealed, and what its client is told. */
public final class EngineFailureSteps {

  private static final int WORDS_BYTES = 12;

  /** Said by the engine, and by nobody else. */
  private final String words = "engine-" + Bytes.random(WORDS_BYTES).toHex();

  private final World world;
  private final Map<String, Exchange> answers = new LinkedHashMap<>();
  private EngineBehaviour failure;

  /** Made by Cucumber for each scenario. */
  public EngineFailureSteps(World world) {
    this.world = world;
  }

  @Given("an engine that {refusalOfEngine}")
  public void engineThatRefuses(Function<String, EngineBehaviour> refusal) {
    failure = refusal.apply(words);
  }

  @Given("an engine whose answer {badAnswer}")
  public void engineWhoseAnswer(Function<String, EngineBehaviour> bad) {
    failure = bad.apply(words);
  }

  @When("the client sends it a chat")
  public void sendChat() {
    send(List.of(world.recipes().chat()));
  }

  @When("the client sends it a chat, whole and streamed")
  public void sendBoth() {
    send(List.of(world.recipes().chat(), world.recipes().chatStream()));
  }

  @Then("the client is told of {refusal}")
  public void isTold(Refusal refusal) {
    answers.forEach((what, answer) -> refusal.judge(what, answer, world.check()));
  }

  @Then("it hears nothing of the engine's words")
  public void hearsNoWords() {
    answers.forEach(
        (what, answer) -> {
          if (answer.body().toLenientUtf8().contains(words)) {
            throw new CheckFailed("an error in the server's own words for " + what, "the engine's");
          }
        });
  }

  private void send(List<RequestRecipe> recipes) {
    TestClient client = world.client();
    PlayedEngine.around(
        world,
        world.recipes().chat(),
        engine -> {
          engine.does(failure);
          for (RequestRecipe recipe : recipes) {
            boolean stream = recipe.stream().orElse(false);
            SealedRequest request = TestClient.rely(() -> client.seal(recipe, client.lock()));
            answers.put(stream ? "a request for a stream" : "a request", client.send(request));
          }
          return null;
        });
  }
}
