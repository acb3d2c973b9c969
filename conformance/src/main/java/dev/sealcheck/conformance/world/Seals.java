package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.List;
import java.util.Optional;

/** The {@code seal} inside answers and events, docs/PROTOCOL.md section 6. */
public final class Seals {

  private static final String SEAL = "seal";

  private Seals() {}

  /** Whether the sealed text has a seal with a number, an end mark and a hash, right or not. */
  public static boolean isCarriedBy(OpenedAnswer answer) {
    JsonNode seal = answer.json().path(SEAL);
    return seal.path("seq").isIntegralNumber()
        && seal.path("final").isBoolean()
        && seal.path("request_hash").isTextual();
  }

  /**
   * What is wrong with the seals of a whole stream; empty where they count as they must, and where
   * the first event has none.
   */
  public static Optional<CheckFailed> fault(OpenedStream stream) {
    List<OpenedAnswer> events = stream.opened();
    if (!events.get(0).json().has(SEAL)) {
      return Optional.empty();
    }
    for (int i = 0; i < events.size(); i++) {
      if (!isCarriedBy(events.get(i))) {
        return fault(
            "a seal in every event, as in the first", "event " + i + " without a whole one");
      }
      JsonNode seal = events.get(i).json().path(SEAL);
      if (!seal.path("seq").canConvertToLong() || seal.path("seq").longValue() != i) {
        return fault("seq " + i + " in event " + i, "another number");
      }
      boolean last = i == events.size() - 1;
      if (seal.path("final").booleanValue() != last) {
        return fault(
            "final in the last event and in no other",
            last ? "a last event without" : "event " + i + " of " + events.size() + " with it");
      }
      if (!seal.path("request_hash")
          .textValue()
          .equals(stream.request().plaintextHash().base64())) {
        return fault("the hash of the request in every event", "another hash in event " + i);
      }
    }
    return Optional.empty();
  }

  private static Optional<CheckFailed> fault(String expected, String seen) {
    return Optional.of(new CheckFailed(expected, seen));
  }
}
