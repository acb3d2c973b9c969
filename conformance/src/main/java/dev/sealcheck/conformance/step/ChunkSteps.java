package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.engine.EngineCall;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The inside of a stream: what its chunks say, one by one and together. */
public final class ChunkSteps {

  private final World world;
  private final StreamSteps streams;
  private Optional<EngineCall> asked = Optional.empty();
  private Optional<CheckFailed> broken = Optional.empty();

  /** Made by Cucumber for each scenario. */
  public ChunkSteps(World world, StreamSteps streams) {
    this.world = world;
    this.streams = streams;
  }

  @When("the client has a chat streamed for which it wants no usage")
  public void streamWithoutUsage() {
    RequestRecipe twin = world.recipes().chatStream();
    ObjectNode body = StrictJson.parseObject(twin.plaintext());
    body.putObject("stream_options").put("include_usage", false);
    RequestRecipe recipe = twin.withPlaintext(StrictJson.write(body));
    PlayedEngine.around(
        world,
        twin,
        engine -> {
          int before = engine.calls().size();
          readOrKeep(recipe);
          asked = engine.calls().stream().skip(before).findFirst();
          return null;
        });
  }

  /** A node that did not ask may well have broken the stream off. */
  private void readOrKeep(RequestRecipe recipe) {
    try {
      streams.keep(world.client().readStream(recipe));
    } catch (CheckFailed failed) {
      broken = Optional.of(failed);
    }
  }

  @Then("the engine was asked for usage all the same")
  public void usageWasAsked() {
    if (asked.filter(EngineCall::usageAsked).isEmpty()) {
      throw new CheckFailed("the engine asked for the usage of the stream", "not asked for");
    }
    broken.ifPresent(
        failed -> {
          throw failed;
        });
  }

  @Then("the last event has no choices and the usage inside and outside")
  public void lastHasUsage() {
    OpenedAnswer last = stream().last();
    if (!OpenedStream.isUsageChunk(last)) {
      throw new CheckFailed(
          "a last event with usage inside and an empty list of choices", "a last event without");
    }
    if (last.outerUsage().isEmpty()) {
      throw new CheckFailed("usage inside and outside the last event", "none outside");
    }
  }

  @Then("the outer usage of the last event is the one inside")
  public void usageAgrees() {
    AnswerSteps.requireUsage("the last event", TestClient.rely(stream()::requireComplete).last());
  }

  @Then("all chunks have one id, one creation time and one model")
  public void chunksBelongTogether() {
    for (String key : List.of("id", "created", "model")) {
      Set<JsonNode> values = new HashSet<>();
      for (OpenedAnswer event : stream().opened()) {
        values.add(event.json().path(key));
      }
      boolean there = values.stream().noneMatch(value -> value.isMissingNode() || value.isNull());
      if (values.size() != 1 || !there) {
        throw new CheckFailed(
            "one " + key + " in all chunks", there ? values.size() + " values" : "chunks without");
      }
    }
  }

  @Then("a finish reason comes before the usage")
  public void finishReasonFirst() {
    boolean before =
        stream().opened().stream()
            .takeWhile(event -> !OpenedStream.isUsageChunk(event))
            .anyMatch(OpenedStream::hasFinishReason);
    if (!before) {
      throw new CheckFailed("a finish reason before the usage chunk", "none");
    }
  }

  private OpenedStream stream() {
    return streams.stream();
  }
}
