package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.engine.PacedStream;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.StreamEnd;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.LiveStream;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A stream whose engine fails when the client has opened a part of it. */
public final class BreakageSteps {

  private static final List<String> TEXTS = List.of("one ", "two ");

  private final World world;
  private boolean saysError;
  private int behind;
  private StreamEnd end;

  /** Made by Cucumber for each scenario. */
  public BreakageSteps(World world) {
    this.world = world;
  }

  @When("the engine {breakage} after the client has opened two events")
  public void breakAfterTwo(Consumer<PacedStream> breakage) {
    RequestRecipe recipe = world.recipes().chatStream();
    PlayedEngine.around(
        world,
        recipe,
        engine -> {
          PacedStream paced = new PacedStream();
          TEXTS.forEach(paced::pushText);
          engine.does(paced);
          TestClient client = world.client();
          SealedRequest request = TestClient.rely(() -> client.seal(recipe, client.lock()));
          try (LiveStream live = TestClient.rely(() -> client.openStream(request))) {
            TEXTS.forEach(
                text -> TestClient.rely(() -> live.require("an event before the failure")));
            breakage.accept(paced);
            readOn(live);
            end = live.end();
          }
          return null;
        });
  }

  @Then("the stream is aborted, or says that it failed")
  public void isAborted() {
    if (end == StreamEnd.CLEAN && !saysError) {
      throw new CheckFailed(
          "a body that is aborted, or an error event, after the engine failed", "a clean end");
    }
  }

  @Then("nothing comes from behind the failure")
  public void nothingIsSkipped() {
    if (behind > 0) {
      throw new CheckFailed(
          "no text from behind the place where the engine failed", behind + " events with text");
    }
  }

  private void readOn(LiveStream live) {
    for (Optional<SseEvent> next = live.nextRaw(); next.isPresent(); next = live.nextRaw()) {
      if (isError(next.get())) {
        saysError = true;
      } else if (!OpenedStream.text(live.open(next.get())).isEmpty()) {
        behind++;
      }
    }
  }

  /** Whether the data is the error object, which is not sealed. */
  private static boolean isError(SseEvent event) {
    try {
      JsonNode error = StrictJson.parseObject(event.data()).path("error");
      return error.path("code").isTextual() && error.path("message").isTextual();
    } catch (MalformedAnswer other) {
      return false;
    }
  }
}
