package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.time.SuiteClock;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Takes the body of a stream as it arrives, with times. Only as many batches as the reader lags
 * behind at most are asked for; beyond that the connection fills up and the sender has to wait.
 */
final class ChunkSubscriber implements BodySubscriber<ChunkSubscriber> {
  private static final int MAX_BATCHES_AHEAD = 8;

  /** What the connection said, in order; the last is End or Broken. */
  sealed interface Signal {
    /** Bytes that arrived together. */
    record Chunk(Bytes bytes, long arrivalNanos) implements Signal {}

    /** The body ended as framed. */
    record End(long nanos) implements Signal {}

    /** The connection broke. */
    record Broken(Throwable cause, long nanos) implements Signal {}
  }

  private final SuiteClock clock;
  // Holds at most the batches asked for and one end.
  private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private Flow.Subscription subscription;
  private boolean cancelled;

  ChunkSubscriber(SuiteClock clock) {
    this.clock = clock;
  }

  /** The next signal, or null where none came in time. */
  Signal poll(long nanos) throws InterruptedException {
    Signal signal = signals.poll(nanos, TimeUnit.NANOSECONDS);
    if (signal instanceof Signal.Chunk) {
      request(1);
    }
    return signal;
  }

  /** Cuts the connection. */
  void cancel() {
    Flow.Subscription running;
    synchronized (this) {
      cancelled = true;
      running = subscription;
    }
    if (running != null) {
      running.cancel();
    }
    // A reader that waits wakes up; it knows that it has been cancelled.
    signals.add(new Signal.End(clock.nanoTime()));
  }

  @Override
  public CompletionStage<ChunkSubscriber> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    boolean late;
    synchronized (this) {
      subscription = given;
      late = cancelled;
    }
    if (late) {
      given.cancel();
    } else {
      given.request(MAX_BATCHES_AHEAD);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> batch) {
    ByteBuffer joined = ByteBuffer.allocate(batch.stream().mapToInt(ByteBuffer::remaining).sum());
    batch.forEach(joined::put);
    signals.add(new Signal.Chunk(Bytes.owning(joined.array()), clock.nanoTime()));
  }

  @Override
  public void onError(Throwable cause) {
    signals.add(new Signal.Broken(cause, clock.nanoTime()));
  }

  @Override
  public void onComplete() {
    signals.add(new Signal.End(clock.nanoTime()));
  }

  private synchronized void request(int batches) {
    if (subscription != null && !cancelled) {
      subscription.request(batches);
    }
  }
}
