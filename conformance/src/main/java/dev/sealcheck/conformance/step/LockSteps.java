package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.AtOnce;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Locks: what they name, and how many requests they serve. */
public final class LockSteps {

  private final World world;
  private final List<SealedRequest> requests = new ArrayList<>();
  private final List<Exchange> answers = new ArrayList<>();
  private Exchange lockAnswer;

  /** Made by Cucumber for each scenario. */
  public LockSteps(World world) {
    this.world = world;
  }

  @Given("a user without open locks")
  public void userWithoutLocks() {
    world.quietClient();
  }

  @When("the client asks for a lock and sends a chat request on it")
  public void askAndUse() {
    TestClient client = world.client();
    lockAnswer = client.askForLock();
    LockGrant granted = client.grant(lockAnswer);
    SealedRequest request = client.seal(world.recipes().chat(), granted);
    TestClient.rely(() -> client.completed(client.open(client.send(request), request)));
  }

  @When("the client sends two chat requests on one lock, one after the other")
  public void sendTwoInTurn() {
    sendTwo(
        client -> {
          requests.forEach(request -> answers.add(client.send(request)));
        });
  }

  @When("the client sends two chat requests on one lock at once")
  public void sendTwoAtOnce() {
    sendTwo(
        client ->
            answers.addAll(
                AtOnce.of(requests.size(), number -> client.send(requests.get(number)))));
  }

  @Then("the lock names a node key, a node and a stack")
  public void namesItsParts() {
    world.client().grant(lockAnswer);
  }

  @Then("the first succeeds")
  public void firstSucceeds() {
    open(0);
  }

  @Then("the second is refused as {refusal}")
  public void secondIsRefused(Refusal refusal) {
    refusal.judge("a second request on one lock", answers.get(1), world.check());
  }

  @Then("exactly one succeeds and the other is refused as {refusal}")
  public void exactlyOneSucceeds(Refusal refusal) {
    long successes = answers.stream().filter(LockSteps::succeeded).count();
    if (successes != 1) {
      throw new CheckFailed("exactly one success on one lock", successes + " successes");
    }
    int first = succeeded(answers.get(0)) ? 0 : 1;
    open(first);
    refusal.judge("a second request on one lock", answers.get(1 - first), world.check());
  }

  private void sendTwo(Consumer<TestClient> sending) {
    TestClient client = world.client();
    RequestRecipe recipe = world.recipes().chat();
    Twins.around(
        client,
        recipe,
        () -> {
          LockGrant granted = client.lock();
          for (int i = 0; i < 2; i++) {
            requests.add(TestClient.rely(() -> client.seal(recipe, granted)));
          }
          sending.accept(client);
          return null;
        });
  }

  private static boolean succeeded(Exchange answer) {
    return answer.isAnswered() && answer.status() == 200;
  }

  private OpenedAnswer open(int index) {
    return world.client().open(answers.get(index), requests.get(index));
  }
}
