package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.verdict.NotRun;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream whose every event the scenario pushes, so that one comes only after the client has
 * opened the one before. It serves one call, which must ask for a stream; another call gets 500.
 * Pushes return when the event has been written, false where the stream is over.
 */
public final class PacedNodeStream implements NodeBehaviour {
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CompletableFuture<NodeStream> opened = new CompletableFuture<>();
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();

  @Override
  public void serve(NodeCall call) throws IOException, RefusedEnvelope {
    OpenedRequest request = call.open();
    if (!request.streamed()) {
      throw new IllegalStateException("a stream for a call that asks for none");
    }
    if (!taken.compareAndSet(false, true)) {
      ErrorObject.answer(call.http(), NodeCode.INTERNAL_ERROR);
      return;
    }
    boolean left = true;
    try {
      NodeStream stream = call.stream(request);
      opened.complete(stream);
      stream.hold();
      left = stream.isPeerGone();
    } finally {
      over.complete(left);
    }
  }

  /**
   * Waits until the request has arrived and the head of the stream was sent.
   *
   * @throws dev.sealcheck.conformance.verdict.Hung if that did not happen in time
   */
  public void awaitOpened(Deadline deadline) {
    NodeStream unused = await(opened, deadline, "the proxy's request at the node");
  }

  /** Waits for the end of the stream; true where the proxy closed it before the node did. */
  public boolean awaitClosedByPeer(Deadline deadline) {
    return await(over, deadline, "the end of the stream at the node");
  }

  /** Pushes the next piece of text. */
  public boolean push() throws IOException {
    return push(ReplyChange.NONE);
  }

  /** Pushes the next piece of text with one thing changed. */
  public boolean push(ReplyChange change) throws IOException {
    NodeStream stream = stream();
    return stream.write(stream.piece(change));
  }

  /** Pushes that many pieces of text in one write. */
  public boolean pushTogether(int count) throws IOException {
    NodeStream stream = stream();
    Bytes joined = Bytes.empty();
    for (int i = 0; i < count; i++) {
      joined = Bytes.concat(joined, stream.piece(ReplyChange.NONE));
    }
    return stream.write(joined);
  }

  /** Pushes the next piece of text with a write for every byte. */
  public boolean pushBytewise() throws IOException {
    NodeStream stream = stream();
    NodeStreams.writeBytewise(stream, stream.piece(ReplyChange.NONE));
    return true;
  }

  /** Pushes any bytes: a comment, half an event. */
  public boolean pushRaw(Bytes bytes) throws IOException {
    return stream().write(bytes);
  }

  /** Pushes the event that ends the text. */
  public boolean pushFinish() throws IOException {
    NodeStream stream = stream();
    return stream.write(stream.finish(ReplyChange.NONE));
  }

  /** Pushes the last event, with the usage of what was pushed. */
  public boolean pushUsage() throws IOException {
    NodeStream stream = stream();
    return stream.write(stream.usage(ReplyChange.NONE));
  }

  /** Has the body end cleanly, whatever was pushed, at once but not before this returns. */
  public void end() throws IOException {
    stream().end();
  }

  /** Resets the connection. */
  public void abort() {
    boolean unused = stream().abort();
  }

  /** From now on a stop of the proxy is answered and otherwise ignored. */
  public void ignoreStops() {
    stream().ignoreStops();
  }

  private NodeStream stream() {
    if (!opened.isDone()) {
      throw new IllegalStateException("no stream yet: await it before a push");
    }
    return opened.join();
  }

  private static <T> T await(CompletableFuture<T> event, Deadline deadline, String awaited) {
    try {
      return event.get(deadline.remaining(awaited).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw deadline.hung(awaited);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NotRun("the run was interrupted");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("neither event is ever failed", impossible);
    }
  }
}
