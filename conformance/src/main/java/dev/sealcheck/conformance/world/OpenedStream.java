package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.SseComment;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stream that was read to its clean end and opened event by event; at least one event came.
 *
 * @param request what it answers
 * @param startNanos when the request was sent
 * @param bom whether it began with a byte order mark
 * @param comments between the events
 * @param raw everything between blank lines, as it came
 * @param opened the events, opened
 */
public record OpenedStream(
    SealedRequest request,
    long startNanos,
    boolean bom,
    List<SseComment> comments,
    List<SseEvent> raw,
    List<OpenedAnswer> opened) {

  /** Copies the lists. */
  public OpenedStream {
    comments = List.copyOf(comments);
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
   * Itself, where it is complete: with a finish reason and a usage chunk at the end.
   *
   * @throws CheckFailed if it is not
   */
  public OpenedStream requireComplete() {
    if (opened.stream().noneMatch(OpenedStream::hasFinishReason)) {
      throw new CheckFailed("a finish reason before the end of the stream", "none");
    }
    if (!isUsageChunk(last())) {
      throw new CheckFailed(
          "a last event with usage and an empty list of choices", "a last event without");
    }
    return this;
  }

  /** The texts of all events that have one, in order. */
  public List<String> texts() {
    return opened.stream().map(OpenedStream::text).filter(text -> !text.isEmpty()).toList();
  }

  /** The text that the choices of an event add, of a chat or a completion; empty where none. */
  public static String text(OpenedAnswer event) {
    return elements(event.json().path("choices"))
        .map(choice -> choice.at("/delta/content").asText("") + choice.path("text").asText(""))
        .collect(Collectors.joining());
  }

  /** True where a choice of the event says why it is finished. */
  public static boolean hasFinishReason(OpenedAnswer event) {
    return elements(event.json().path("choices"))
        .anyMatch(choice -> choice.path("finish_reason").isTextual());
  }

  /** True where the event has usage inside and an empty list of choices. */
  public static boolean isUsageChunk(OpenedAnswer event) {
    JsonNode choices = event.json().path("choices");
    return choices.isArray() && choices.isEmpty() && event.innerUsage().isPresent();
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return list.isArray() ? list.valueStream() : Stream.empty();
  }
}
