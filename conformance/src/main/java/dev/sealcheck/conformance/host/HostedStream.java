package dev.sealcheck.conformance.host;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Deadline;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The chunked body of an answer, written chunk by chunk. One thread at a time writes; every other
 * method may be called from any thread meanwhile.
 */
public final class HostedStream {
  private final PeerSocket socket;
  private final HostedCall call;
  private final AtomicLong writtenBytes = new AtomicLong();
  private volatile boolean ended;

  HostedStream(HostedCall call, PeerSocket socket) {
    this.call = call;
    this.socket = socket;
  }

  /**
   * Sends {@code content} as one chunk in one write; blocks while the peer does not read and the
   * send buffer is full.
   *
   * @throws IOException if the connection is gone
   * @throws IllegalArgumentException if there is nothing to send: an empty chunk would be the end
   */
  public void write(Bytes content) throws IOException {
    if (content.isEmpty()) {
      throw new IllegalArgumentException("a chunk has 1 byte or more");
    }
    checkNotEnded();
    socket.write(AnswerBytes.chunk(content));
    writtenBytes.addAndGet(content.length());
  }

  /**
   * Ends the body cleanly; the connection can serve another call.
   *
   * @throws IOException if the connection is gone
   */
  public void end() throws IOException {
    checkNotEnded();
    socket.write(AnswerBytes.LAST_CHUNK);
    ended = true;
  }

  /** Resets the connection in the middle of the body; a write that blocks fails. */
  public void abort() {
    call.reset();
  }

  /** Closes the connection in the middle of the body, in order (FIN), without the last chunk. */
  public void closeUnfinished() {
    call.closeSilently();
  }

  /**
   * Blocks, sending nothing, until the peer has closed its side; false where it had not by {@code
   * deadline}, or where this side closed first.
   */
  public boolean awaitPeerGone(Deadline deadline) {
    return call.awaitPeerGone(deadline);
  }

  /** The bytes of all chunks whose write has returned, without their framing. */
  public long writtenBytes() {
    return writtenBytes.get();
  }

  /** Whether {@link #end()} was written. */
  boolean isEnded() {
    return ended;
  }

  private void checkNotEnded() {
    if (ended) {
      throw new IllegalStateException("the stream has ended");
    }
  }
}
