package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.node.BrokenNode;
import dev.sealcheck.conformance.node.NodeBehaviour;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.node.Serving;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.Charges;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.WholeStack;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Failures of a node that the suite plays: none costs anything. */
public final class NodeFailureSteps {

  private final World world;
  private final FailedUse use;
  private ScriptedNode node;
  private Optional<CheckFailed> notFree = Optional.empty();

  /** Made by Cucumber for each scenario. */
  public NodeFailureSteps(World world, FailedUse use) {
    this.world = world;
    this.use = use;
  }

  @Given("a node that the suite plays, and a user who locks whole stacks")
  public void nodeAndUser() {
    world.profile().require(Permission.COSTLY);
    node = world.scriptedNode();
  }

  @When("the client sends a chat request, and the node {nodeFailure}")
  public void sendToFailing(NodeBehaviour failure) {
    sendWhile(failure, world.recipes().chat());
  }

  @When("the client sends a chat stream, and the node {nodeFailure}")
  public void streamFromFailing(NodeBehaviour failure) {
    sendWhile(failure, world.recipes().chatStream());
  }

  @When("the client sends a chat request, and the node gives no answer in time")
  public void sendToHanging() {
    world.profile().requireFirstByteTime();
    sendWhile(BrokenNode.hanging(), world.recipes().chat());
  }

  @When("the client sends a chat request, and the node is not there")
  public void sendToAbsent() {
    sendOnWholeStack(
        world.recipes().chat(),
        request -> {
          try {
            node.stopListening();
            use.send(request);
            node.resumeListening();
          } catch (IOException lost) {
            throw new UncheckedIOException("the port of a scripted node was lost", lost);
          }
        });
  }

  @Then("nothing is charged, and its whole stack is free again")
  public void wholeStackIsFree() {
    if (notFree.isPresent()) {
      throw notFree.get();
    }
  }

  private void sendWhile(NodeBehaviour failure, RequestRecipe recipe) {
    sendOnWholeStack(
        recipe,
        request -> {
          Serving failing = node.behave(failure);
          try {
            use.send(request);
          } finally {
            failing.close();
          }
        });
  }

  private void sendOnWholeStack(RequestRecipe recipe, Consumer<SealedRequest> sending) {
    TestClient client = world.client();
    WholeStack stack = new WholeStack(client, world.profile().limits().stackUnits());
    Twins.complete(client, recipe, "before");
    LockGrant lock = stack.lock();
    sending.accept(TestClient.rely(() -> client.seal(recipe, lock)));
    try {
      LockGrant again = stack.lockAgain(lock, "a failure of the node");
      // The failed request consumed one, which the user's book learns of from successes only.
      client.user().lockUsed();
      TestClient.rely(() -> Charges.of(client, world.recipes().chat(), again));
    } catch (CheckFailed elsewhere) {
      notFree = Optional.of(elsewhere);
    }
  }
}
