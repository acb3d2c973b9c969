package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.node.BrokenNode;
import dev.sealcheck.conformance.node.NodeBehaviour;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.node.Serving;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.AtOnce;
import dev.sealcheck.conformance.world.NodeAttempt;
import dev.sealcheck.conformance.world.Passage;
import dev.sealcheck.conformance.world.StackWatch;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Nodes that are gone, hang or break off, and what the proxy makes of that. */
public final class GoneNodeSteps {

  /** For everything but the proxy's own wait, on a machine that is busy with other checks. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final World world;
  private final StackWatch stack;
  private final List<NodeAttempt> attempts = new ArrayList<>();
  private Duration wait = Duration.ZERO;

  /** Made by Cucumber for each scenario. */
  public GoneNodeSteps(World world, StackWatch stack) {
    this.world = world;
    this.stack = stack;
  }

  @When("the client sends requests, whole and streamed, to a node that cannot be reached")
  public void sendToClosedNode() {
    between(() -> whileClosed(this::sendAll));
  }

  @When("the client sends requests, whole and streamed, to a node that takes them and says nothing")
  public void sendToSilentNode() {
    wait = world.profile().requireFirstByteTime();
    between(() -> whileItBehaves(BrokenNode.hanging(), this::sendAll));
    attempts.forEach(NodeAttempt::requireArrived);
  }

  @When("the client sends a chat request on a whole stack to a node that cannot be reached")
  public void sendOnStackToClosedNode() {
    onStack(() -> whileClosed(this::sendOnStack));
  }

  @When("the client sends a chat request on a whole stack to a node that takes it and says nothing")
  public void sendOnStackToSilentNode() {
    wait = world.profile().requireFirstByteTime();
    onStack(() -> whileItBehaves(BrokenNode.hanging(), this::sendOnStack));
    attempts.forEach(NodeAttempt::requireArrived);
  }

  @When("the node takes chat requests, whole and streamed, and {breakDown}")
  public void takeAndBreak(NodeBehaviour breakDown) {
    between(
        () -> {
          for (RequestRecipe recipe : chats()) {
            attempts.add(
                NodeAttempt.of(world, "a request to a node that breaks off", recipe, breakDown));
          }
        });
  }

  @Then("the client is told each time that the node is gone")
  public void isGone() {
    attempts.forEach(one -> Passage.GONE.judge(one.what(), one.exchange(), world.check()));
  }

  @Then("the client is told that the node broke off")
  public void isBroken() {
    attempts.forEach(one -> Passage.BROKEN.judge(one.what(), one.exchange(), world.check()));
  }

  @Then("one copy of each has arrived at the node")
  public void oneCopy() {
    for (NodeAttempt attempt : attempts) {
      // Looked for again: the twin after went the same way, behind whatever was repeated.
      int copies = NodeAttempt.arrived(world.scriptedNode(), attempt.request()).size();
      if (copies != 1) {
        throw new CheckFailed("one copy of an envelope at the node", copies + " copies");
      }
    }
  }

  private void sendAll() {
    TestClient client = world.client();
    List<SealedRequest> requests = new ArrayList<>();
    for (RequestRecipe recipe : offered()) {
      LockGrant lock = client.lock();
      requests.add(TestClient.rely(() -> client.seal(recipe, lock)));
    }
    attempts.addAll(AtOnce.of(requests.size(), number -> send(requests.get(number))));
  }

  private void sendOnStack() {
    TestClient client = world.client();
    SealedRequest request =
        TestClient.rely(() -> client.seal(world.recipes().chat(), stack.lock()));
    attempts.add(send(request));
    stack.lookAfter("a request to a node that is gone");
  }

  private NodeAttempt send(SealedRequest request) {
    NodeAttempt attempt =
        NodeAttempt.send(
            world,
            "a request to a node that is gone",
            request,
            UnaryOperator.identity(),
            deadline());
    if (attempt.calls().isEmpty() && attempt.exchange().isAnswered()) {
      // Consumed before the proxy could know that there is no node.
      world.client().user().lockUsed();
    }
    return attempt;
  }

  /** After what the proxy may wait for its node. */
  private Deadline deadline() {
    Deadline own = Deadline.in(world.run().clock(), wait.plus(MARGIN));
    Deadline scenario = world.check().deadline();
    return own.endNanos() - scenario.endNanos() > 0 ? scenario : own;
  }

  private List<RequestRecipe> offered() {
    List<RequestRecipe> all = new ArrayList<>(chats());
    if (world.profile().offer().endpoints().contains(Endpoint.COMPLETIONS)) {
      all.add(world.recipes().completion(false));
      all.add(world.recipes().completion(true));
    }
    return all;
  }

  private List<RequestRecipe> chats() {
    return List.of(world.recipes().chat(), world.recipes().chatStream());
  }

  private void onStack(Runnable attempt) {
    stack.around(wait.plus(MARGIN).multipliedBy(2), attempt);
  }

  private void between(Runnable attempt) {
    Twins.around(
        world.client(),
        world.recipes().chat(),
        () -> {
          attempt.run();
          return null;
        });
  }

  private void whileItBehaves(NodeBehaviour behaviour, Runnable attempt) {
    Serving serving = world.scriptedNode().behave(behaviour);
    try {
      attempt.run();
    } finally {
      serving.close();
    }
  }

  private void whileClosed(Runnable attempt) {
    ScriptedNode node = world.scriptedNode();
    try {
      node.stopListening();
      try {
        attempt.run();
      } finally {
        node.resumeListening();
      }
    } catch (IOException lost) {
      throw new UncheckedIOException("the port of a scripted node was lost", lost);
    }
  }
}
