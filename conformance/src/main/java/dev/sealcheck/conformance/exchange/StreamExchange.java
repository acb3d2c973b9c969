package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.ChunkSubscriber.Signal;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.Hung;
import dev.sealcheck.conformance.verdict.NotRun;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One call whose answer is read while it comes, and everything recorded of it. One thread reads;
 * any thread may close it or look at it.
 */
public final class StreamExchange implements AutoCloseable {
  private static final String HEAD = "the head of the stream";
  private static final String NEXT = "the next event or the end of the stream";
  private static final String END = "the end of the stream";

  private final HttpCall call;
  private final Deadline deadline;
  private final SuiteClock clock;
  private final Optional<Transcript> transcript;
  private final Reception reception;
  private final ChunkSubscriber body;
  private final long startNanos;
  private final SseReader reader = new SseReader();
  private final Deque<SseEvent> unread = new ArrayDeque<>();
  private final List<SseEvent> events = new ArrayList<>();
  // The head or the failure before it, once.
  private final LinkedBlockingQueue<Optional<Throwable>> headSignal = new LinkedBlockingQueue<>();
  private CompletableFuture<HttpResponse<ChunkSubscriber>> sending;
  private StreamHead head;
  private StreamEnd end = StreamEnd.OPEN;
  private ExchangeFailure failure;
  private long endNanos;

  StreamExchange(
      HttpCall call,
      Deadline deadline,
      SuiteClock clock,
      int capBytes,
      Optional<Transcript> transcript) {
    this.call = call;
    this.deadline = deadline;
    this.clock = clock;
    this.transcript = transcript;
    this.reception = new Reception(capBytes);
    this.body = new ChunkSubscriber(clock);
    this.startNanos = clock.nanoTime();
  }

  void start(HttpClient client, HttpRequest request) {
    sending =
        client.sendAsync(
            request,
            info -> {
              received(info);
              return body;
            });
    // Kept apart from sending: cancelling works on the client's own future only.
    var unused =
        sending.whenComplete(
            (response, thrown) -> {
              if (thrown != null) {
                headSignal.add(Optional.of(thrown));
              }
            });
  }

  /**
   * The head of the answer; empty where the call failed before it ({@link #failure()} says how).
   *
   * @throws Hung if neither came before the stream's deadline; the connection is cut
   */
  public Optional<StreamHead> awaitHead() {
    awaitHead(deadline);
    return head();
  }

  /**
   * The next event, empty at the end of the stream however it ended; of an answer that is no event
   * stream the body is taken and there are no events.
   *
   * @throws Hung if neither came before the stream's deadline; the connection is cut
   */
  public Optional<SseEvent> next() {
    return next(deadline);
  }

  /**
   * As {@link #next()} with a limit of its own: when it passes, the stream stays open as long as
   * its own deadline has not passed too.
   */
  public Optional<SseEvent> next(Deadline limit) {
    awaitHead(limit);
    while (true) {
      synchronized (this) {
        if (!unread.isEmpty()) {
          return Optional.of(unread.poll());
        }
        if (end != StreamEnd.OPEN) {
          return Optional.empty();
        }
      }
      take(await(body::poll, limit, NEXT));
    }
  }

  /**
   * The whole exchange, read to its end; this is how to read an error answer.
   *
   * @throws Hung if the end did not come before the stream's deadline; the connection is cut
   */
  public Exchange awaitEnd() {
    awaitHead(deadline);
    while (end() == StreamEnd.OPEN) {
      take(await(body::poll, deadline, END));
    }
    return snapshot();
  }

  /** The head, where it has been awaited and came. */
  public synchronized Optional<StreamHead> head() {
    return Optional.ofNullable(head);
  }

  /** How the stream stands, as far as it has been read. */
  public synchronized StreamEnd end() {
    return end;
  }

  /** Why the stream was aborted or cut. */
  public synchronized Optional<ExchangeFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /** All events that have arrived and been read from the connection, taken by next or not. */
  public synchronized List<SseEvent> events() {
    return List.copyOf(events);
  }

  /** All comments likewise. */
  public synchronized List<SseComment> comments() {
    return reader.comments();
  }

  /** Whether the stream began with a BOM. */
  public synchronized boolean hasBom() {
    return reader.hasBom();
  }

  /** What has arrived and belongs to no finished event. */
  public synchronized Bytes leftover() {
    return reader.leftover();
  }

  /** What has been sent and received so far, in the form of every exchange. */
  public synchronized Exchange snapshot() {
    return reception.snapshot(
        call,
        Optional.ofNullable(failure),
        startNanos,
        end == StreamEnd.OPEN ? clock.nanoTime() : endNanos);
  }

  /** Cuts the connection where the stream is still open, as a client that goes away. */
  @Override
  public void close() {
    finish(StreamEnd.CLOSED, null, clock.nanoTime());
  }

  private void received(HttpResponse.ResponseInfo info) {
    List<HttpHeader> lines = new ArrayList<>();
    info.headers()
        .map()
        .forEach((name, values) -> values.forEach(v -> lines.add(new HttpHeader(name, v))));
    StreamHead arrived =
        new StreamHead(info.statusCode(), new HttpHeaders(lines), clock.nanoTime());
    reception.head(arrived.status(), arrived.headers(), arrived.arrivalNanos());
    synchronized (this) {
      head = arrived;
    }
    headSignal.add(Optional.empty());
  }

  private void awaitHead(Deadline limit) {
    synchronized (this) {
      if (head != null || end != StreamEnd.OPEN) {
        return;
      }
    }
    Optional<Throwable> signal =
        await(nanos -> headSignal.poll(nanos, TimeUnit.NANOSECONDS), limit, HEAD);
    signal.ifPresent(thrown -> finish(StreamEnd.ABORTED, failureOf(thrown), clock.nanoTime()));
  }

  private void take(Signal signal) {
    if (signal instanceof Signal.Chunk chunk) {
      takeChunk(chunk);
    } else if (signal instanceof Signal.Broken broken) {
      finish(StreamEnd.ABORTED, failureOf(broken.cause()), broken.nanos());
    } else if (signal instanceof Signal.End clean) {
      finish(StreamEnd.CLEAN, null, clean.nanos());
    }
  }

  private void takeChunk(Signal.Chunk chunk) {
    boolean fits = reception.append(chunk.bytes().toArray(), chunk.bytes().length());
    synchronized (this) {
      if (fits && head.isEventStream()) {
        List<SseEvent> completed = reader.feed(chunk.bytes(), chunk.arrivalNanos());
        events.addAll(completed);
        unread.addAll(completed);
      }
    }
    if (!fits) {
      finish(StreamEnd.OVER_CAP, null, chunk.arrivalNanos());
    }
  }

  /** Waits for a signal; past the stream's own deadline the connection is cut. */
  private <T> T await(Source<T> source, Deadline limit, String awaited) {
    try {
      while (!limit.isPast() && !deadline.isPast()) {
        long now = clock.nanoTime();
        long left = Math.min(limit.endNanos() - now, deadline.endNanos() - now);
        T signal = source.poll(Math.max(1, left));
        if (signal != null) {
          return signal;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NotRun("the run was interrupted");
    }
    if (!deadline.isPast()) {
      throw limit.hung(awaited);
    }
    ExchangeFailure timeout =
        new ExchangeFailure(ExchangeFailure.Kind.TIMEOUT, awaited + " did not come");
    finish(StreamEnd.CLOSED, timeout, clock.nanoTime());
    throw deadline.hung(awaited);
  }

  /** Ends the stream once; later calls change nothing. */
  private void finish(StreamEnd how, ExchangeFailure why, long nanos) {
    synchronized (this) {
      if (end != StreamEnd.OPEN) {
        return;
      }
      end = how;
      failure = why;
      endNanos = nanos;
    }
    if (how != StreamEnd.CLEAN) {
      body.cancel();
      sending.cancel(true);
      // A reader that waits wakes up and finds the end.
      headSignal.add(Optional.empty());
    }
    transcript.ifPresent(record -> record.ended(this, snapshot()));
  }

  private static ExchangeFailure failureOf(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return NetworkFailure.of(
        cause instanceof IOException network ? network : new IOException(cause));
  }

  @Override
  public String toString() {
    return "StreamExchange[" + call + ", " + end() + ", " + snapshot().outcome() + "]";
  }

  /** Something to wait at. */
  private interface Source<T> {
    /** The next value, or null where none came in time. */
    T poll(long nanos) throws InterruptedException;
  }
}
