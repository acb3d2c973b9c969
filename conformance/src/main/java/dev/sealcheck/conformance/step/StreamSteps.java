package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sealed streams: how they are framed, timed and sealed, and what their chunks say. */
public final class StreamSteps {

  /** Below this, network and scheduling could pass for a hop that holds events back. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

  private final World world;
  private OpenedStream stream;

  /** Made by Cucumber for each scenario. */
  public StreamSteps(World world) {
    this.world = world;
  }

  /** The events so far, for steps that look at other sides of them. */
  List<OpenedAnswer> opened() {
    return stream == null ? List.of() : stream.opened();
  }

  @When("the client opens a chat stream and reads it to its end")
  public void readToTheEnd() {
    stream = world.client().readStream(world.recipes().chatStream());
  }

  @When("the client has a chat streamed")
  public void haveStreamed() {
    stream = world.client().relyOnStream(world.recipes().chatStream());
  }

  @When("the client has a long chat streamed")
  public void haveLongStreamed() {
    stream = world.client().relyOnStream(world.recipes().longChatStream());
  }

  @Then("each event is one line of data with a sealed chunk")
  public void framing() {
    for (SseEvent event : stream.raw()) {
      if (!event.isOneDataLine()) {
        throw new CheckFailed(
            "one data line in each event", event.fields().size() + " lines of other kinds");
      }
    }
  }

  @Then("each event has a nonce of its own")
  public void noncesDiffer() {
    Set<String> seen = new HashSet<>();
    for (OpenedAnswer event : stream.opened()) {
      seen.add(event.nonce().base64());
    }
    int events = stream.opened().size();
    if (seen.size() != events) {
      throw new CheckFailed(
          "a nonce of its own in each of " + events + " events",
          "only " + seen.size() + " of them different");
    }
  }

  @Then("the hash of each event is that of its decrypted bytes")
  public void hashesMatch() {
    stream.opened().forEach(event -> AnswerSteps.requireHash("an event", event));
  }

  @Then("the signature of each event is the node's over its hash")
  public void signaturesAreTheNodes() {
    stream.opened().forEach(event -> AnswerSteps.requireSignature(world, "an event", event));
  }

  @Then("the last event has no choices and the usage inside and outside")
  public void lastHasUsage() {
    OpenedAnswer last = stream.last();
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
    AnswerSteps.requireUsage("the last event", TestClient.rely(stream::requireComplete).last());
  }

  @Then("the first event comes in the first half of the time")
  public void firstComesEarly() {
    Duration whole = stream.untilLast();
    if (whole.compareTo(LONG_ENOUGH) < 0) {
      throw new NotApplicable(
          "an answer that takes at least a second to stream (this one took "
              + whole.toMillis()
              + " ms)");
    }
    Duration first = stream.untilFirst();
    if (first.multipliedBy(2).compareTo(whole) >= 0) {
      throw new CheckFailed(
          "the first event within half of the stream's " + whole.toMillis() + " ms",
          "the first event after " + first.toMillis() + " ms");
    }
  }

  @Then("all chunks have one id, one creation time and one model")
  public void chunksBelongTogether() {
    for (String key : List.of("id", "created", "model")) {
      Set<JsonNode> values = new HashSet<>();
      for (OpenedAnswer event : stream.opened()) {
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
        stream.opened().stream()
            .takeWhile(event -> !OpenedStream.isUsageChunk(event))
            .anyMatch(OpenedStream::hasFinishReason);
    if (!before) {
      throw new CheckFailed("a finish reason before the usage chunk", "none");
    }
  }

  /** The stream that was opened, for other classes of steps. */
  OpenedStream stream() {
    return stream;
  }
}
