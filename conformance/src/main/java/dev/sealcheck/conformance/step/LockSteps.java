package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Locks: what they name, how often and how long they serve. */
public final class LockSteps {

  private final World world;
  private final List<SealedRequest> requests = new ArrayList<>();
  private final List<Exchange> answers = new ArrayList<>();
  private Exchange lockAnswer;
  private LockGrant lock;
  private long lockEndNanos;

  /** Made by Cucumber for each scenario. */
  public LockSteps(World world) {
    this.world = world;
  }

  @Given("a user without open locks")
  public void userWithoutLocks() {
    world.quietClient();
  }

  @Given("a lock with the shortest life")
  public void shortLock() {
    TestClient client = world.client();
    Exchange answer = client.askForLock(1);
    lock = TestClient.rely(() -> client.grant(answer));
    lockEndNanos = answer.endNanos() + 1_000_000_000L;
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
    sendTwo(false);
  }

  @When("the client sends two chat requests on one lock at once")
  public void sendTwoAtOnce() {
    sendTwo(true);
  }

  @When("the client sends a chat request after the lock's end")
  public void sendAfterTheEnd() {
    TestClient client = world.client();
    RequestRecipe recipe = world.recipes().chat();
    world.awaitNanoTime(lockEndNanos + TestUser.EXPIRY_TOLERANCE.toNanos());
    // The twins have locks of their own, which they use up: none of them is left for the late one.
    Twins.around(
        client,
        recipe,
        () -> {
          answers.add(client.send(TestClient.rely(() -> client.seal(recipe, lock))));
          return null;
        });
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
    open(succeeded(answers.get(0)) ? 0 : 1);
    refusal.judge(
        "a second request on one lock",
        answers.get(succeeded(answers.get(0)) ? 1 : 0),
        world.check());
  }

  @Then("it comes too late: refused as {refusal}")
  public void comesTooLate(Refusal refusal) {
    refusal.judge("a request on an expired lock", answers.get(0), world.check());
  }

  private void sendTwo(boolean atOnce) {
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
          if (atOnce) {
            sendAtOnce(client);
          } else {
            requests.forEach(request -> answers.add(client.send(request)));
          }
          return null;
        });
  }

  private void sendAtOnce(TestClient client) {
    CompletableFuture<Exchange> other =
        CompletableFuture.supplyAsync(
            () -> client.send(requests.get(1)), task -> new Thread(task, "second").start());
    answers.add(client.send(requests.get(0)));
    try {
      answers.add(other.get());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NotRun("the run was interrupted");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    }
  }

  private static boolean succeeded(Exchange answer) {
    return answer.isAnswered() && answer.status() == 200;
  }

  private OpenedAnswer open(int index) {
    return world.client().open(answers.get(index), requests.get(index));
  }
}
