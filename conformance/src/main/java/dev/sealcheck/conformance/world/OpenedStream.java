package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.time.Duration;
import java.util.List;

/**
 * A stream that was read to its clean end and opened event by event.
 *
 * @param startNanos when the request was sent
 * @param raw the events as they came
 * @param opened the same events opened
 */
public record OpenedStream(long startNanos, List<SseEvent> raw, List<OpenedAnswer> opened) {

  /** Copies the lists. */
  public OpenedStream {
    raw = List.copyOf(raw);
    opened = List.copyOf(opened);
  }

  /** The last event. */
  public OpenedAnswer last() {
    return opened.get(opened.size() - 1);
  }

  /** From sending the request to the first event. */
  public Duration untilFirst() {
    return Duration.ofNanos(raw.get(0).arrivalNanos() - startNanos);
  }

  /** From sending the request to the last event. */
  public Duration untilLast() {
    return Duration.ofNanos(raw.get(raw.size() - 1).arrivalNanos() - startNanos);
  }

  /**
   * Checks that the stream is complete: a finish reason, and a last event with usage and no
   * choices.
   *
   * @throws CheckFailed if it is not
   */
  public void requireComplete() {
    if (opened.isEmpty()) {
      throw new CheckFailed("a stream of sealed events", "a clean end without any");
    }
    boolean finished =
        opened.stream()
            .flatMap(event -> elements(event.json().path("choices")))
            .anyMatch(choice -> choice.path("finish_reason").isTextual());
    if (!finished) {
      throw new CheckFailed("a finish reason before the end of the stream", "none");
    }
    JsonNode choices = last().json().path("choices");
    if (!choices.isArray() || !choices.isEmpty() || last().innerUsage().isEmpty()) {
      throw new CheckFailed(
          "a last event with usage and an empty list of choices", "a last event without");
    }
  }

  private static java.util.stream.Stream<JsonNode> elements(JsonNode list) {
    return list.isArray() ? list.valueStream() : java.util.stream.Stream.empty();
  }
}
