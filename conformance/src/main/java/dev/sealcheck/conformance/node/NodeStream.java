package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.host.HostedStream;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream that the node writes: it seals events in their order and ends when it is told, stopped
 * or left (docs/PROTOCOL.md section 6). A whole answer is the pieces of its text, one event for its
 * finish and one for its usage; events count from 0.
 */
public final class NodeStream {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final HostedStream out;
  private final OpenedRequest request;
  private final SigningPair signer;
  private final PlainAnswer text;
  private final SuiteClock clock;
  // The last chunk is written on this thread alone: it also reads while the stream is held, and
  // must no longer do so when the proxy sends its next request on the connection.
  private final Thread handler = Thread.currentThread();
  private final AtomicBoolean over = new AtomicBoolean();
  private int sealed;
  private int pieces;
  private boolean usageSealed;
  private volatile boolean peerGone;
  private volatile boolean endAsked;
  private volatile boolean stopAsked;
  private volatile boolean heedsStops = true;

  NodeStream(
      HostedStream out,
      OpenedRequest request,
      SigningPair signer,
      PlainAnswer text,
      SuiteClock clock) {
    this.out = out;
    this.request = request;
    this.signer = signer;
    this.text = text;
    this.clock = clock;
  }

  /** How many events a whole answer has. */
  public int events() {
    return text.pieces() + 2;
  }

  /** Seals the event with the next piece of text, of which there is always one more. */
  public synchronized Bytes piece(ReplyChange change) {
    return seal(text.piece(pieces++), false, change);
  }

  /** Seals the event that ends the text. */
  public synchronized Bytes finish(ReplyChange change) {
    return seal(text.finish(), false, change);
  }

  /** Seals the last event, with the usage of the pieces so far. */
  public synchronized Bytes usage(ReplyChange change) {
    usageSealed = true;
    return seal(text.usage(pieces), true, change);
  }

  /** Seals the next event of a whole answer, which must be number {@code index}. */
  synchronized Bytes event(int index, ReplyChange change) {
    if (index != sealed || index >= events()) {
      throw new IllegalStateException("event " + index + " after " + sealed + " of " + events());
    }
    if (index < text.pieces()) {
      return piece(change);
    }
    return index == text.pieces() ? finish(change) : usage(change);
  }

  /**
   * Sends bytes in one write; blocks while the proxy does not read. Where the proxy has asked to
   * stop, the stream then ends as a stopped one.
   *
   * @return false where the stream is over, and nothing or no more will be sent
   * @throws IOException if the proxy is gone
   */
  public synchronized boolean write(Bytes bytes) throws IOException {
    if (over.get()) {
      return false;
    }
    out.write(bytes);
    if (isStopped() && Thread.currentThread().equals(handler)) {
      endStopped();
    }
    return !over.get();
  }

  /**
   * Ends the body cleanly, whatever was sent; from another thread than the behaviour's as soon as
   * that holds the stream.
   *
   * @throws IOException if the proxy is gone
   */
  public void end() throws IOException {
    if (Thread.currentThread().equals(handler)) {
      endNow();
    } else {
      endAsked = true;
    }
  }

  /** Resets the connection in the middle of the body; false where the stream was over. */
  public boolean abort() {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      out.abort();
    }
    return first;
  }

  /** Closes the connection in order, but without the last chunk; false where it was over. */
  public boolean closeUnfinished() {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      out.closeUnfinished();
    }
    return first;
  }

  /**
   * Blocks, and sends nothing of its own, until the stream is over: ended by another thread,
   * stopped or left by the proxy, or withdrawn. Only the behaviour's thread may hold.
   *
   * @throws IOException if the proxy is gone when the end is written
   */
  public void hold() throws IOException {
    Deadline longest = Deadline.in(clock, NodeCall.LONGEST_HOLD);
    while (!over.get()) {
      if (endAsked) {
        endNow();
      } else if (isStopped()) {
        endStopped();
      } else if (longest.isPast()) {
        abort();
      } else {
        look();
      }
    }
  }

  /** From now on the proxy's stops are recorded and answered, and change nothing else. */
  public void ignoreStops() {
    heedsStops = false;
  }

  /** Whether the proxy was seen to close the connection before the stream ended. */
  public boolean isPeerGone() {
    return peerGone;
  }

  /** The bytes that have left by writes which returned, without the framing of chunks. */
  public long writtenBytes() {
    return out.writtenBytes();
  }

  /** Whether it was ended, aborted or closed. */
  boolean isOver() {
    return over.get();
  }

  /** Asks for the end that section 6 wants of a stopped stream; it comes from its own thread. */
  void askToStop() {
    stopAsked = true;
  }

  private boolean isStopped() {
    return stopAsked && heedsStops;
  }

  private void look() {
    Deadline soon = Deadline.in(clock, LOOK);
    if (out.awaitPeerGone(soon)) {
      peerGone = true;
      abort();
    } else if (!soon.isPast()) {
      // This side has closed the connection.
      abort();
    }
  }

  private synchronized void endStopped() throws IOException {
    if (!usageSealed) {
      out.write(usage(ReplyChange.NONE));
    }
    endNow();
  }

  private void endNow() throws IOException {
    if (over.compareAndSet(false, true)) {
      out.end();
    }
  }

  private Bytes seal(ObjectNode chunk, boolean last, ReplyChange change) {
    SealMark place = new SealMark(sealed++, last);
    return change.outside(SealedReply.of(request, signer, change.inside(chunk), place)).event();
  }

  @Override
  public String toString() {
    return "NodeStream[" + request + ", " + writtenBytes() + " bytes written]";
  }
}
