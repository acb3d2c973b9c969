package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.Seals;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;

/** The seal inside answers and events: whether it is there, and how it counts. */
public final class SealSteps {

  private final World world;
  private final List<OpenedAnswer> answers = new ArrayList<>();
  private final List<OpenedStream> streams = new ArrayList<>();

  /** Made by Cucumber for each scenario. */
  public SealSteps(World world) {
    this.world = world;
  }

  @When("the client has one chat answered whole and another streamed")
  public void haveBoth() {
    answers.add(world.client().relyOn(world.recipes().chat()));
    haveChats(1);
  }

  @When("the client has a few chats streamed")
  public void haveAFew() {
    haveChats(3);
  }

  @When("the client has a streamed completion")
  public void haveCompletion() {
    world.profile().offer().require(Endpoint.COMPLETIONS);
    streams.add(world.client().relyOnStream(world.recipes().completion(true)));
  }

  @When("the client has a chat streamed by an engine that adds seals of its own")
  public void haveForged() {
    PlayedEngine.around(
        world,
        world.recipes().chatStream(),
        engine -> {
          engine.does(Behaviours.withSeal());
          streams.add(world.client().readStream(world.recipes().chatStream()));
          return null;
        });
  }

  @Then("every answer and every event carries a seal")
  public void allCarryOne() {
    for (OpenedAnswer answer : answers) {
      require(Seals.isCarriedBy(answer), "a seal in a whole answer");
    }
    for (OpenedStream stream : streams) {
      require(
          stream.opened().stream().allMatch(Seals::isCarriedBy),
          "a seal in every event of a stream");
    }
  }

  @Then("the seals count without a gap to the final one, under the hash of the request")
  public void theyCount() {
    for (OpenedStream stream : streams) {
      if (!stream.opened().get(0).json().has("seal")) {
        throw new NotApplicable("a seal in the chunks of streams");
      }
      Seals.fault(stream)
          .ifPresent(
              fault -> {
                throw fault;
              });
    }
  }

  private void haveChats(int count) {
    for (int i = 0; i < count; i++) {
      streams.add(world.client().relyOnStream(world.recipes().chatStream()));
    }
  }

  private static void require(boolean carried, String expected) {
    if (!carried) {
      throw new CheckFailed(expected, "none, or one without number, end mark or hash");
    }
  }
}
