package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.engine.EngineCall;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.But;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a body asks of the engine: its messages, prompt or input, and how much of an answer. */
public final class InputSteps {

  private static final int UNITS = 16;

  /** docs/PROTOCOL.md section 2: what an envelope that names no units stands for. */
  private static final int DEFAULT_UNITS = 8_192;

  private static final int MORE_THAN_DEFAULT = 9_000;
  private static final long SMALL_PICTURE_PIXELS = 256 * 256;

  private final World world;
  private final Draft draft;

  /** Made by Cucumber for each scenario. */
  public InputSteps(World world, Draft draft) {
    this.world = world;
    this.draft = draft;
  }

  @Given("a sealed chat request for an engine that takes anything")
  public void forScriptedEngine() {
    world.engine();
    draft.begin(world.recipes().chat());
  }

  @Given("a sealed chat request that names few units")
  public void chatOfFewUnits() {
    ObjectNode body = world.recipes().chatBody();
    body.put("max_tokens", UNITS);
    draft.begin(
        world.recipes().of(Endpoint.CHAT, Optional.of(false), body).withNumComputeUnits(UNITS));
  }

  @Given("a sealed image request that names as many units as it has pixels")
  public void imageOfItsUnits() {
    String model = world.profile().offer().requireImages();
    draft.begin(
        world.clientFor(model),
        world.recipes().image(model).withNumComputeUnits(SMALL_PICTURE_PIXELS));
  }

  @But("its {input} not valid")
  public void inputNotValid(String field) {
    InvalidInputs.of(field)
        .forEach((words, change) -> draft.harm("with " + words, Harm.ofBody(change)));
  }

  @But("its messages are of every valid form")
  public void everyValidForm() {
    InvalidInputs.unusualMessages()
        .forEach((words, change) -> draft.harm("with " + words, Harm.ofBody(change)));
  }

  @But("its body allows a longer answer than the units")
  public void longerThanUnits() {
    limit("of one token more than units", body -> body.put("max_tokens", UNITS + 1));
    limit("of many tokens more than units", body -> body.put("max_tokens", 4_096));
    limit(
        "of more completion tokens than units",
        body -> body.putNull("max_tokens").put("max_completion_tokens", UNITS + 1));
    limit(
        "of more tokens than units in two answers",
        body -> body.put("max_tokens", UNITS / 2 + 1).put("n", 2));
  }

  @But("its body asks for more pixels than the units")
  public void morePixels() {
    limit("of a larger picture than units", body -> body.put("size", "512x512"));
    limit("of two pictures for the units of one", body -> body.put("n", 2));
  }

  @But("its body asks for more pixels than the default")
  public void moreThanDefaultPixels() {
    limit("of a larger picture than the default", body -> body.put("size", "2048x1024"));
    limit("of two pictures of the default size", body -> body.put("size", "1024x1024").put("n", 2));
  }

  @But("its body allows a longer answer than the default")
  public void longerThanDefault() {
    limit("of more tokens than the default", body -> body.put("max_tokens", MORE_THAN_DEFAULT));
  }

  @Then("the engine was asked for no more than the default")
  public void engineAskedForDefault() {
    List<EngineCall> calls = world.engine().calls();
    if (calls.isEmpty()) {
      throw new NotRun("the answer did not come from the engine that the suite plays");
    }
    for (EngineCall call : calls) {
      long asked = call.json().path("max_tokens").asLong(Long.MAX_VALUE);
      if (asked > DEFAULT_UNITS) {
        throw new CheckFailed(
            "an engine that is asked for at most " + DEFAULT_UNITS + " tokens",
            asked == Long.MAX_VALUE ? "no limit" : "a limit of " + asked);
      }
    }
  }

  private void limit(String words, Consumer<ObjectNode> change) {
    draft.harm(words, Harm.ofBody(change));
  }
}
