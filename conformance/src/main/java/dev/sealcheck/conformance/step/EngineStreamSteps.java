package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.engine.EngineBehaviour;
import dev.sealcheck.conformance.engine.PacedStream;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.Hung;
import dev.sealcheck.conformance.world.LiveStream;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.List;
import java.util.function.Function;

/** What an engine streams, in whatever writes and at whatever pace, and what of it arrives. */
public final class EngineStreamSteps {

  /** Texts that look like parts of a stream, and letters of more than one byte. */
  private static final List<String> TEXTS =
      List.of(
          "one ",
          "tw\u00f6 ",
          "\n\ndata: three\n\n",
          ": four\n",
          "\u2603 five ",
          "six\r\n\r\n",
          "[DONE] seven ",
          "\ud834\udd1e eight ",
          "nine");

  private final World world;
  private Function<List<String>, EngineBehaviour> segmentation;
  private OpenedStream stream;

  /** Made by Cucumber for each scenario. */
  public EngineStreamSteps(World world) {
    this.world = world;
  }

  @Given("an engine that writes {segmentation}")
  public void engineWrites(Function<List<String>, EngineBehaviour> cut) {
    segmentation = cut;
  }

  @When("the client has its texts streamed")
  public void haveStreamed() {
    RequestRecipe recipe = world.recipes().chatStream();
    stream =
        PlayedEngine.around(
            world,
            recipe,
            engine -> {
              engine.does(segmentation.apply(TEXTS));
              return world.client().readStream(recipe);
            });
  }

  @When("the engine sends each chunk only after the client has opened the one before")
  public void streamInStep() {
    RequestRecipe recipe = world.recipes().chatStream();
    stream =
        PlayedEngine.around(
            world,
            recipe,
            engine -> {
              PacedStream paced = new PacedStream();
              engine.does(paced);
              return inStep(paced, recipe);
            });
  }

  @Then("every text arrives once and in order, and the end is whole")
  public void textsArrive() {
    requireTexts(TEXTS, stream.requireComplete());
  }

  /** Fails where the texts of a stream are not the engine's, event by event. */
  static void requireTexts(List<String> sent, OpenedStream stream) {
    List<String> seen = stream.texts();
    if (!seen.equals(sent)) {
      int same = 0;
      while (same < Math.min(seen.size(), sent.size()) && seen.get(same).equals(sent.get(same))) {
        same++;
      }
      throw new CheckFailed(
          "the engine's " + sent.size() + " texts, each in an event of its own and in order",
          seen.size() + " texts, of which the first " + same + " are right");
    }
  }

  private OpenedStream inStep(PacedStream paced, RequestRecipe recipe) {
    TestClient client = world.client();
    SealedRequest request = TestClient.rely(() -> client.seal(recipe, client.lock()));
    // A hop may send its head together with the first event.
    paced.pushText(TEXTS.get(0));
    try (LiveStream live = client.openStream(request)) {
      for (int i = 0; i < TEXTS.size(); i++) {
        if (i > 0) {
          paced.pushText(TEXTS.get(i));
        }
        awaitEvent(live, i);
      }
      paced.pushFinish();
      awaitEvent(live, TEXTS.size());
      paced.pushUsage().end();
      return live.readToEnd();
    }
  }

  private static void awaitEvent(LiveStream live, int number) {
    try {
      OpenedAnswer unused = live.require("event " + number + " of a stream that goes on");
    } catch (Hung heldBack) {
      throw new Hung(
          "event "
              + number
              + " of the engine did not arrive while the engine waited with the next one: "
              + heldBack.getMessage());
    }
  }
}
