package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.world.OpenedStream;
import io.cucumber.java.en.Then;
import java.time.Duration;

/** The outside of a stream: its lines and its times. */
public final class StreamFormSteps {

  /** Below this, network and scheduling could pass for a hop that holds events back. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

  private static final Bytes END_MARK = Bytes.utf8("[DONE]");

  private final StreamSteps streams;

  /** Made by Cucumber for each scenario. */
  public StreamFormSteps(StreamSteps streams) {
    this.streams = streams;
  }

  @Then("each event is one line of data with a sealed chunk")
  public void framing() {
    for (SseEvent event : stream().raw()) {
      if (!event.isOneDataLine()) {
        throw new CheckFailed(
            "one data line in each event", event.fields().size() + " lines of other kinds");
      }
    }
  }

  @Then("it has no end mark, no time to retry after and no byte order mark")
  public void hasNothingElse() {
    if (stream().bom()) {
      throw new CheckFailed("a stream without a byte order mark", "one that begins with it");
    }
    for (SseEvent event : stream().raw()) {
      if (event.has("retry")) {
        throw new CheckFailed("a stream without a line retry:", "one with it");
      }
      if (event.data().equals(END_MARK)) {
        throw new CheckFailed("a stream that ends with its body", "an event [DONE]");
      }
    }
  }

  @Then("the first event comes in the first half of the time")
  public void firstComesEarly() {
    Duration whole = stream().untilLast();
    if (whole.compareTo(LONG_ENOUGH) < 0) {
      throw new NotApplicable(
          "an answer that takes at least a second to stream (this one took "
              + whole.toMillis()
              + " ms)");
    }
    Duration first = stream().untilFirst();
    if (first.multipliedBy(2).compareTo(whole) >= 0) {
      throw new CheckFailed(
          "the first event within half of the stream's " + whole.toMillis() + " ms",
          "the first event after " + first.toMillis() + " ms");
    }
  }

  private OpenedStream stream() {
    return streams.stream();
  }
}
