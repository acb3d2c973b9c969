package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.CannotOpen;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events of a scripted node's stream as the client got them. Every one of them says which it is
 * (docs/PROTOCOL.md section 6, {@code seal}), so that one that is missing is seen.
 *
 * @param opened the sealed events
 * @param errorEvent whether an error object followed them as an event of its own
 */
public record NodeStreamReading(List<OpenedAnswer> opened, boolean errorEvent) {

  /** Copies the list. */
  public NodeStreamReading {
    opened = List.copyOf(opened);
  }

  /**
   * Opens what the client of {@code attempt} got.
   *
   * @throws CheckFailed if an event does not open, or is not the next one of the node's
   */
  public static NodeStreamReading of(NodeAttempt attempt) {
    List<OpenedAnswer> opened = new ArrayList<>();
    boolean error = false;
    for (SseEvent event : attempt.events()) {
      if (error) {
        throw new CheckFailed("nothing after an event that says error", "another event");
      }
      Optional<OpenedAnswer> next = open(attempt.request(), event.data());
      error = next.isEmpty() && isError(event.data());
      if (next.isEmpty() && !error) {
        throw new CheckFailed(
            attempt.what() + ": only events that the node sealed",
            "event " + opened.size() + " does not open");
      }
      next.ifPresent(answer -> requireNumber(attempt, opened.size(), answer));
      next.ifPresent(opened::add);
    }
    return new NodeStreamReading(opened, error);
  }

  /** Whether the last event is the node's last one. */
  public boolean isWhole() {
    return !opened.isEmpty()
        && opened.get(opened.size() - 1).json().path("seal").path("final").asBoolean();
  }

  private static void requireNumber(NodeAttempt attempt, int number, OpenedAnswer answer) {
    JsonNode seq = answer.json().path("seal").path("seq");
    if (!seq.isIntegralNumber() || seq.longValue() != number) {
      throw new CheckFailed(
          attempt.what() + ": every event of the node in its order",
          "in the place of event " + number + " another one");
    }
  }

  private static Optional<OpenedAnswer> open(SealedRequest request, Bytes json) {
    try {
      return Optional.of(SealedAnswer.parse(json).open(request));
    } catch (MalformedAnswer | CannotOpen notSealed) {
      return Optional.empty();
    }
  }

  private static boolean isError(Bytes json) {
    try {
      ObjectNode object = StrictJson.parseObject(json);
      return object.path("error").path("message").isTextual();
    } catch (MalformedAnswer notJson) {
      return false;
    }
  }
}
