package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.StreamExchange;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.Optional;
import java.util.function.Predicate;

/** A stream that its client leaves before the end. */
public final class LeftStream {

  private LeftStream() {}

  /**
   * Sends the request, reads and opens events until one is {@code last}, and cuts the connection at
   * once; returns that event.
   *
   * @throws CheckFailed if the stream ends before, or an event does not open
   */
  public static OpenedAnswer read(
      World world, SealedRequest request, Predicate<OpenedAnswer> last) {
    TestClient client = world.client();
    world.run().countRequest();
    try (StreamExchange stream = client.messenger().open(client.call(request), client.deadline())) {
      for (Optional<SseEvent> next = stream.next(); next.isPresent(); next = stream.next()) {
        OpenedAnswer event = client.open("a sealed event that opens", next.get().data(), request);
        if (last.test(event)) {
          client.user().lockUsed();
          return client.completed(event);
        }
      }
      throw new CheckFailed("an event to leave at", "the end of the stream");
    }
  }
}
