package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.node.NodeBehaviour;
import dev.sealcheck.conformance.node.NodeStreams;
import dev.sealcheck.conformance.node.ReplyFault;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.NodeAttempt;
import dev.sealcheck.conformance.world.NodeStreamReading;
import dev.sealcheck.conformance.world.Passage;
import dev.sealcheck.conformance.world.StackWatch;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;

/** Streams of a node, cut and joined in odd ways or broken, and what the proxy makes of them. */
public final class NodeStreamSteps {

  private static final int THIRD = 2;

  /** Many times what a stream of a few events takes. */
  private static final Duration STACK_LIFE = Duration.ofSeconds(20);

  private final World world;
  private final StackWatch stack;
  private NodeAttempt attempt;

  /** Made by Cucumber for each scenario. */
  public NodeStreamSteps(World world, StackWatch stack) {
    this.world = world;
    this.stack = stack;
  }

  @When("the node streams a chat with {nodeSegmentation}")
  public void streamSegmented(NodeBehaviour segmentation) {
    // Whole twins: on the way, the events of a stream twin may fall together as well.
    between(world.recipes().chat(), "a stream in odd writes", segmentation);
  }

  @When("the node streams a chat whose first event has {replyFault}")
  public void streamWithFirst(ReplyFault fault) {
    between("a stream with a bad event", NodeStreams.withEvent(0, fault));
  }

  @When("the node streams a chat whose third event has {replyFault}")
  public void streamWithThird(ReplyFault fault) {
    between("a stream with a bad event", NodeStreams.withEvent(THIRD, fault));
  }

  @When("the node streams a chat and {breakOff}")
  public void streamAndBreakOff(NodeBehaviour breakOff) {
    between("a stream that breaks off", breakOff);
  }

  @When("the node streams a chat on a whole stack whose last event has {replyFault}")
  public void streamOnStackWithLast(ReplyFault fault) {
    stack.around(
        STACK_LIFE,
        () -> {
          attempt =
              NodeAttempt.on(
                  world,
                  "a stream with a bad usage",
                  world.recipes().chatStream(),
                  stack.lock(),
                  NodeStreams.withLastEvent(fault));
          stack.lookAfter("a stream with a bad usage");
        });
  }

  @Then("every event of the node reaches the client, once and in its order")
  public void everyEventArrives() {
    NodeStreamReading reading = NodeStreamReading.of(attempt);
    if (!attempt.succeeded() || reading.errorEvent() || !reading.isWhole()) {
      throw new CheckFailed(
          "the node's whole stream and its clean end",
          attempt.succeeded() ? "a clean end and not all events" : "no clean end");
    }
  }

  @Then("the client sees the stream broken off")
  public void isBrokenOff() {
    NodeStreamReading reading = NodeStreamReading.of(attempt);
    if (attempt.exchange().isAnswered() && attempt.exchange().status() != 200) {
      Passage.SERVER_FAULT.judge("a stream that fails", attempt.exchange(), world.check());
    } else if (reading.errorEvent()) {
      world.check().warn("a stream that fails aborted", "an event that says error");
    } else if (attempt.succeeded()) {
      throw new CheckFailed(
          "a stream that fails aborted, or ended by an event that says error", "a clean end");
    }
  }

  @Then("the client gets the events before it at most")
  public void noLaterEvents() {
    int events = NodeStreamReading.of(attempt).opened().size();
    if (events > THIRD) {
      throw new CheckFailed("the two events before the bad one at most", events + " events");
    }
  }

  @Then("the client gets no event")
  public void noEvents() {
    int events = NodeStreamReading.of(attempt).opened().size();
    if (events > 0) {
      throw new CheckFailed("no event of a stream that begins badly", events + " events");
    }
  }

  private void between(String what, NodeBehaviour behaviour) {
    between(world.recipes().chatStream(), what, behaviour);
  }

  private void between(RequestRecipe twin, String what, NodeBehaviour behaviour) {
    Twins.around(
        world.client(),
        twin,
        () -> {
          attempt = NodeAttempt.of(world, what, world.recipes().chatStream(), behaviour);
          return attempt;
        });
  }
}
