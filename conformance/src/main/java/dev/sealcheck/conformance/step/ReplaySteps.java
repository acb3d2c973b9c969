package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.node.LongNode;
import dev.sealcheck.conformance.client.LockGrant;
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
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The same sealed request more than once. */
public final class ReplaySteps {

  /** RFC 7748 section 5: the one bit of a public key that changes nothing. */
  private static final int IGNORED_BIT = 255;

  private static final int AT_ONCE = 3;

  private final World world;
  private final List<Exchange> answers = new ArrayList<>();
  private SealedRequest original;
  private OptionalInt runs = OptionalInt.empty();

  /** Made by Cucumber for each scenario. */
  public ReplaySteps(World world) {
    this.world = world;
  }

  @Given("a client that stands in front of the node")
  public void inFrontOfTheNode() {
    world.nodeClient();
  }

  @When("the client sends one sealed request twice, each time on a lock of its own")
  public void sendTwice() {
    sendAgain(copy -> copy);
  }

  @When(
      "the client sends one sealed request twice, the second with the top bit of its client key"
          + " flipped")
  public void sendFlipped() {
    sendAgain(copy -> copy.tampered(e -> e.flippedBit("client_dh_public_key", IGNORED_BIT)));
  }

  @When("the client sends one sealed request and two copies of it at once")
  public void sendAtOnce() {
    between(
        client -> {
          List<SealedRequest> copies = new ArrayList<>();
          for (int i = 0; i < AT_ONCE; i++) {
            copies.add(onNewLock(client));
          }
          answers.addAll(AtOnce.of(AT_ONCE, number -> client.send(copies.get(number))));
        });
  }

  @Then("the copy is refused as {refusal}")
  public void copyIsRefused(Refusal refusal) {
    world.client().completed(TestClient.rely(() -> world.client().open(answers.get(0), original)));
    refusal.judge("a copy of an envelope", answers.get(1), world.check());
    requireOneRun();
  }

  @Then("one of them runs and the others are refused as {refusal}")
  public void oneRuns(Refusal refusal) {
    List<Exchange> good = answers.stream().filter(ReplaySteps::succeeded).toList();
    if (good.size() != 1) {
      throw new CheckFailed(
          "one success of " + AT_ONCE + " copies of an envelope", good.size() + " successes");
    }
    world.client().completed(world.client().open(good.get(0), original));
    for (Exchange answer : answers) {
      if (!succeeded(answer)) {
        refusal.judge("a copy of an envelope", answer, world.check());
      }
    }
    requireOneRun();
  }

  private void requireOneRun() {
    runs.ifPresent(
        count -> {
          if (count != 1) {
            throw new CheckFailed("one call of the engine for one envelope", count + " calls");
          }
        });
  }

  private void sendAgain(UnaryOperator<SealedRequest> change) {
    between(
        client -> {
          answers.add(client.send(onNewLock(client)));
          answers.add(client.send(change.apply(onNewLock(client))));
        });
  }

  /** Counts the calls of the engine beside those of the twins. */
  private void between(Consumer<TestClient> attempt) {
    TestClient client = world.client();
    RequestRecipe recipe = world.recipes().chat();
    Twins.around(
        client,
        recipe,
        () -> {
          OptionalInt before = world.engineCalls();
          attempt.accept(client);
          if (before.isPresent()) {
            runs = OptionalInt.of(world.engineCalls().getAsInt() - before.getAsInt());
          }
          return null;
        });
  }

  /** The request, sealed the first time and the same bytes later, on the stack of a new lock. */
  private SealedRequest onNewLock(TestClient client) {
    LockGrant lock = client.lock();
    if (original == null) {
      original = TestClient.rely(() -> client.seal(world.recipes().chat(), lock));
    }
    long stack = lock.stackSmallId();
    // A node is not told of locks, so there the bytes stay what they are.
    boolean same = original.lock().stackSmallId() == stack || client.door().standing().isPresent();
    return same
        ? original
        : original.tampered(e -> e.with("stack_small_id", LongNode.valueOf(stack)));
  }

  private static boolean succeeded(Exchange answer) {
    return answer.isAnswered() && answer.status() == 200;
  }
}
