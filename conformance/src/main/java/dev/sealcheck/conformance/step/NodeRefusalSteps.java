package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.node.NodeBehaviour;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.NodeAttempt;
import dev.sealcheck.conformance.world.Passage;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;

/** Refusals and errors of a node, and what the proxy makes of them. */
public final class NodeRefusalSteps {

  private final World world;
  private final List<NodeAttempt> attempts = new ArrayList<>();
  private NodeSays said;

  /** Made by Cucumber for each scenario. */
  public NodeRefusalSteps(World world) {
    this.world = world;
  }

  @When("the node refuses chat requests, whole and streamed, as {nodeSays}")
  public void refuseAs(NodeSays refusal) {
    said = refusal;
    between("a node's refusal as " + refusal.words(), refusal.behaviour());
  }

  @When("the node answers chat requests, whole and streamed, by an error with {nodeWords}")
  public void errorWith(NodeWords words) {
    between("a node's error with " + words.words(), words.behaviour());
  }

  @Then("the client gets the refusal that stands for it")
  public void refusalIsTranslated() {
    attempts.forEach(one -> said.passage().judge(one.what(), one.exchange(), world.check()));
  }

  @Then("the client is told how long to wait")
  public void waitIsPassedOn() {
    for (NodeAttempt attempt : attempts) {
      String seen = attempt.exchange().headers().first("Retry-After").orElse("");
      if (!seen.equals(NodeSays.WAIT_SECONDS)) {
        world
            .check()
            .warn(
                "the time to wait passed on after " + attempt.what(),
                seen.isEmpty() ? "none" : "another");
      }
    }
  }

  @Then("the client gets an error of the proxy's own, and none of the node's words")
  public void errorIsTheProxys() {
    Passage any = Passage.refusal("400 UNDECRYPTABLE", "400 INVALID_BODY", "500 INTERNAL_ERROR");
    for (NodeAttempt attempt : attempts) {
      any.judge(attempt.what(), attempt.exchange(), world.check());
      if (attempt.exchange().body().toLenientUtf8().contains(NodeWords.MARKER)) {
        throw new CheckFailed(
            "nothing of the body of " + attempt.what() + " relayed", "words of the node");
      }
    }
  }

  private void between(String what, NodeBehaviour behaviour) {
    Twins.around(
        world.client(),
        world.recipes().chat(),
        () -> {
          attempts.add(NodeAttempt.of(world, what, world.recipes().chat(), behaviour));
          attempts.add(
              NodeAttempt.of(
                  world, what + " of a stream", world.recipes().chatStream(), behaviour));
          return null;
        });
  }
}
