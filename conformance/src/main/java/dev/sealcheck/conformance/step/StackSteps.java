package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.Attempt;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Stacks that are somebody else's or nobody's: both look like a stack without a lock. */
public final class StackSteps {

  /** Far above what a proxy counts up to in a test, far below what JSON readers cannot hold. */
  private static final long FIRST_UNUSED_STACK = 1L << 40;

  private static final int UNUSED_BYTES = 5;

  private final World world;
  private final List<Attempt> attempts = new ArrayList<>();
  private TestClient other;
  private SealedRequest owned;
  private Exchange ownersAnswer;

  /** Made by Cucumber for each scenario. */
  public StackSteps(World world) {
    this.world = world;
  }

  @Given("another user")
  public void anotherUser() {
    other = world.anotherClient();
  }

  @When(
      "the other user sends a chat request on the first one's stack, with and without a lock there")
  public void sendOnTheOthersStack() {
    TestClient owner = world.client();
    RequestRecipe recipe = world.recipes().chat();
    Twins.complete(owner, recipe, "before");
    Twins.around(
        other,
        recipe,
        () -> {
          LockGrant lock = owner.lock();
          attempt(other, "on another user's stack with a lock", recipe, lock, stack(lock));
          owned = TestClient.rely(() -> owner.seal(recipe, lock));
          ownersAnswer = owner.send(owned);
          attempt(other, "on another user's stack without a lock", recipe, lock, stack(lock));
          return null;
        });
    Twins.complete(owner, recipe, "after");
  }

  @When("the client sends a chat request on a stack that nobody has, and on its own without a lock")
  public void sendOnNobodysStack() {
    TestClient client = world.client();
    RequestRecipe recipe = world.recipes().chat();
    long unused =
        FIRST_UNUSED_STACK + new BigInteger(1, Bytes.random(UNUSED_BYTES).toArray()).longValue();
    Twins.around(
        client,
        recipe,
        () -> {
          LockGrant lock = client.lock();
          SealedRequest request = TestClient.rely(() -> client.seal(recipe, lock));
          TestClient.rely(() -> client.completed(client.open(client.send(request), request)));
          attempt(client, "on a stack that nobody has", recipe, lock, unused);
          attempt(client, "on its stack without a lock", recipe, lock, stack(lock));
          return null;
        });
  }

  @Then("both are refused as {refusal}")
  public void bothAreRefused(Refusal refusal) {
    attempts.forEach(attempt -> attempt.requireRefused(refusal, world));
  }

  @Then("both refusals are the same answer")
  public void refusalsAreTheSame() {
    Exchange one = attempts.get(0).exchange();
    Exchange two = attempts.get(1).exchange();
    if (one.status() != two.status() || !one.body().equals(two.body())) {
      throw new CheckFailed(
          "one answer to " + attempts.get(0).what() + " and " + attempts.get(1).what(),
          "two that differ, with status " + one.status() + " and " + two.status());
    }
  }

  @Then("the lock still serves its owner")
  public void servesItsOwner() {
    world.client().completed(world.client().open(ownersAnswer, owned));
  }

  private void attempt(
      TestClient sender, String where, RequestRecipe recipe, LockGrant lock, long stack) {
    LockGrant named =
        new LockGrant(lock.publicKey(), lock.nodeSmallId(), stack, lock.stackEntryDigest());
    SealedRequest request = TestClient.rely(() -> sender.seal(recipe, named));
    attempts.add(Attempt.of(world, "a request " + where, () -> sender.send(request)));
  }

  private static long stack(LockGrant lock) {
    return lock.stackSmallId();
  }
}
