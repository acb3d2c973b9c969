package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.SseComment;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.StreamEnd;
import dev.sealcheck.conformance.exchange.StreamExchange;
import dev.sealcheck.conformance.exchange.StreamHead;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stream that a check reads event by event, from {@link TestClient#openStream}; what is not read
 * stays with the target. Closing it early is how a client leaves.
 */
public final class LiveStream implements AutoCloseable {

  /** What other APIs end their streams with; this one does not (docs/PROTOCOL.md section 6). */
  private static final Bytes END_MARK = Bytes.utf8("[DONE]");

  private final TestRun run;
  private final TestClient client;
  private final SealedRequest request;
  private final StreamExchange exchange;
  private final long startNanos;
  private final List<OpenedAnswer> opened = new ArrayList<>();

  LiveStream(
      TestRun run,
      TestClient client,
      SealedRequest request,
      StreamExchange exchange,
      long startNanos) {
    this.run = run;
    this.client = client;
    this.request = request;
    this.exchange = exchange;
    this.startNanos = startNanos;
  }

  /** Waits for the head. @throws CheckFailed if it is not that of an event stream */
  LiveStream requireHead() {
    StreamHead head =
        exchange
            .awaitHead()
            .orElseThrow(() -> new CheckFailed("the head of a stream", "a broken connection"));
    if (!head.isEventStream()) {
      Exchange answer = exchange.awaitEnd();
      throw new CheckFailed(
          "an event stream: status 200, text/event-stream",
          "status "
              + answer.status()
              + ", "
              + Words.shown(answer.headers().mediaType().orElse("no media type")));
    }
    return this;
  }

  /**
   * The next event, opened; empty at the end of the stream, however it ended.
   *
   * @throws CheckFailed if it does not open
   * @throws dev.sealcheck.conformance.verdict.Hung if neither comes in the time of an exchange
   */
  public Optional<OpenedAnswer> next() {
    return nextRaw().map(this::open);
  }

  /**
   * The next event that must come: where it does not, the stream holds something back.
   *
   * @throws CheckFailed if the stream ends instead, or the event does not open
   */
  public OpenedAnswer require(String what) {
    return next().orElseThrow(() -> new CheckFailed(what, "the end of the stream"));
  }

  /** As {@link #next}, not opened: for a check that looks at more than sealed events. */
  public Optional<SseEvent> nextRaw() {
    Optional<SseEvent> next = exchange.next();
    while (next.isPresent() && (!next.get().has("data") || isEndMark(next.get()))) {
      next = exchange.next();
    }
    return next;
  }

  /** Opens an event of {@link #nextRaw}. @throws CheckFailed if it does not open */
  public OpenedAnswer open(SseEvent event) {
    OpenedAnswer answer = client.open("a sealed event that opens", event.data(), request);
    opened.add(answer);
    return answer;
  }

  /** How it stands, as far as it was read. */
  public StreamEnd end() {
    return exchange.end();
  }

  /** The comments that were read so far. */
  public List<SseComment> comments() {
    return exchange.comments();
  }

  /** All events that were opened so far. */
  public List<OpenedAnswer> opened() {
    return List.copyOf(opened);
  }

  /**
   * Everything, read to the clean end of the stream; there is at least one event.
   *
   * @throws CheckFailed if an event does not open, or the end is not clean
   */
  public OpenedStream readToEnd() {
    Optional<OpenedAnswer> next = next();
    while (next.isPresent()) {
      next = next();
    }
    if (end() != StreamEnd.CLEAN || !exchange.leftover().isEmpty()) {
      throw new CheckFailed("a stream that ends cleanly", "one that broke off");
    }
    if (opened.isEmpty()) {
      throw new CheckFailed("a stream of sealed events", "a clean end without any");
    }
    OpenedStream whole =
        new OpenedStream(
            request, startNanos, exchange.hasBom(), comments(), exchange.events(), opened);
    Seals.fault(whole).ifPresent(f -> run.warn("STR-15", f.expected(), f.seen()));
    return whole;
  }

  private boolean isEndMark(SseEvent event) {
    boolean mark = event.data().equals(END_MARK);
    if (mark) {
      run.warn("STR-02", "a stream that ends with its body", "an event [DONE]");
    }
    return mark;
  }

  /** Leaves, where it is still open. */
  @Override
  public void close() {
    exchange.close();
  }
}
