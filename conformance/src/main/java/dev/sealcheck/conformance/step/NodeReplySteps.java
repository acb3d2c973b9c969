package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.node.NodeAnswers;
import dev.sealcheck.conformance.node.NotedChange;
import dev.sealcheck.conformance.node.ReplyChange;
import dev.sealcheck.conformance.node.ReplyFault;
import dev.sealcheck.conformance.node.SealedReply;
import dev.sealcheck.conformance.profile.ScriptedNodePlace;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.world.NodeAttempt;
import dev.sealcheck.conformance.world.Passage;
import dev.sealcheck.conformance.world.StackWatch;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whole answers of a node in which one thing is wrong, and what the proxy makes of them. */
public final class NodeReplySteps {

  /** Many times what all faults together take. */
  private static final Duration STACK_LIFE = Duration.ofSeconds(20);

  private final World world;
  private final StackWatch stack;
  private final List<NodeAttempt> attempts = new ArrayList<>();
  private final List<NotedChange> notes = new ArrayList<>();

  /** Made by Cucumber for each scenario. */
  public NodeReplySteps(World world, StackWatch stack) {
    this.world = world;
    this.stack = stack;
  }

  @When("the node answers a chat request with {replyFault}")
  public void answerWith(ReplyFault fault) {
    between(words(fault), fault);
  }

  @When("the node answers a chat request under the signature of another node")
  public void answerSignedByAnotherNode() {
    SigningPair other = otherNode().key();
    between(
        "an answer signed by another node",
        new ReplyChange() {
          @Override
          public SealedReply outside(SealedReply reply) {
            return reply.signedBy(other);
          }
        });
  }

  @When("the node answers a chat request on a whole stack with {replyFault}")
  public void answerOnStackWith(ReplyFault fault) {
    onStack(List.of(fault));
  }

  @When(
      "the node answers chat requests on a whole stack with every fault of signature, hash and form")
  public void answerOnStackWithEveryFault() {
    onStack(
        Stream.of(ReplyFault.Part.SIGNATURE, ReplyFault.Part.HASH, ReplyFault.Part.SHAPE)
            .flatMap(part -> ReplyFault.of(part).stream())
            .toList());
  }

  @Then("the proxy answers that the server failed")
  public void isServerFault() {
    attempts.forEach(one -> Passage.SERVER_FAULT.judge(one.what(), one.exchange(), world.check()));
  }

  @Then("the proxy answers that the inference failed")
  public void isFailedInference() {
    attempts.forEach(one -> Passage.FAILED.judge(one.what(), one.exchange(), world.check()));
  }

  @Then("nothing of the node's answer reaches the client")
  public void nothingIsRelayed() {
    List<String> parts = notes.stream().flatMap(note -> note.texts().stream()).toList();
    for (NodeAttempt attempt : attempts) {
      String body = attempt.exchange().body().toLenientUtf8();
      if (parts.stream().anyMatch(body::contains)) {
        throw new CheckFailed(
            "nothing of " + attempt.what() + " passed on to the client", "a part of it");
      }
    }
  }

  private void between(String what, ReplyChange change) {
    Twins.around(
        world.client(),
        world.recipes().chat(),
        () ->
            attempts.add(
                NodeAttempt.of(
                    world, what, world.recipes().chat(), NodeAnswers.with(noted(change)))));
  }

  private void onStack(List<ReplyFault> faults) {
    stack.around(
        STACK_LIFE,
        () -> {
          for (ReplyFault fault : faults) {
            attempts.add(
                NodeAttempt.on(
                    world,
                    words(fault),
                    world.recipes().chat(),
                    stack.lock(),
                    NodeAnswers.with(noted(fault))));
            stack.lookAfter(words(fault));
          }
        });
  }

  private NotedChange noted(ReplyChange change) {
    NotedChange note = new NotedChange(change);
    notes.add(note);
    return note;
  }

  private ScriptedNodePlace otherNode() {
    long own = world.scriptedNode().smallId();
    return world.profile().scriptedNodes().stream()
        .filter(place -> place.smallId() != own)
        .findFirst()
        .orElseThrow(() -> new NotApplicable("two scripted nodes (profile: scripted_nodes)"));
  }

  private static String words(ReplyFault fault) {
    return "an answer with this fault: " + fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
