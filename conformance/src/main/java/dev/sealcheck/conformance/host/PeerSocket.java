package dev.sealcheck.conformance.host;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Deadline;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The socket of one connection: writes at once, closes in the way asked for, from any thread, and
 * notices when the peer is gone. One thread at a time writes.
 */
final class PeerSocket {
  /**
   * What the kernel is asked to hold of what was written and not yet taken (Linux doubles it), so
   * that a peer that stops reading soon blocks the writer, and little has left the writer's hands.
   */
  static final int SEND_BUFFER_BYTES = 16 << 10;

  /** A connection that says nothing between or within requests for this long is given up. */
  private static final Duration READ_LIMIT = Duration.ofMinutes(5);

  /** How often a wait for the peer's end looks at its deadline and at this side's close. */
  private static final int LOOK_MILLIS = 50;

  private static final int SCRATCH_BYTES = 1 << 10;

  private final Socket socket;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean peerGone;
  private volatile boolean lostInput;

  PeerSocket(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSendBufferSize(SEND_BUFFER_BYTES);
  }

  /** A reader of its requests. */
  RequestReader reader() throws IOException {
    return new RequestReader(socket);
  }

  /** Sets the read limit for a request, which a wait for the peer's end may have changed. */
  void readyToRead() throws IOException {
    socket.setSoTimeout(Math.toIntExact(READ_LIMIT.toMillis()));
  }

  /** Writes all in one call; returns when the kernel has taken it. */
  void write(Bytes bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes.toArray());
    } catch (IOException broken) {
      notePeerGone();
      throw broken;
    }
  }

  /**
   * Reads for at most 50 ms, and notes where it met the peer's end; what the peer sent instead is
   * dropped, and the connection then serves no further request.
   */
  void lookForEnd(Deadline deadline) {
    try {
      socket.setSoTimeout(lookMillis(deadline));
      if (socket.getInputStream().read(new byte[SCRATCH_BYTES]) < 0) {
        peerGone = true;
      } else {
        lostInput = true;
      }
    } catch (SocketTimeoutException quiet) {
      // Still there; the caller decides whether to look again.
      return;
    } catch (IOException reset) {
      notePeerGone();
    }
  }

  private static int lookMillis(Deadline deadline) {
    long left = deadline.endNanos() - deadline.clock().nanoTime();
    return (int) Math.max(1, Math.min(LOOK_MILLIS, TimeUnit.NANOSECONDS.toMillis(left)));
  }

  private void notePeerGone() {
    if (!isClosed()) {
      peerGone = true;
    }
  }

  /** Whether the peer was seen to be gone. */
  boolean isPeerGone() {
    return peerGone;
  }

  /** Whether bytes of the peer were dropped, so that the next request would be a torso. */
  boolean hasLostInput() {
    return lostInput;
  }

  /** Whether this side has closed it. */
  boolean isClosed() {
    return closed.get();
  }

  /** Closes with a FIN behind what was written. */
  void close() {
    end(false);
  }

  /** Closes with a RST; what the kernel still holds is lost. */
  void reset() {
    end(true);
  }

  private void end(boolean withReset) {
    if (closed.compareAndSet(false, true)) {
      try (socket) {
        if (withReset) {
          socket.setSoLinger(true, 0);
        }
      } catch (IOException alreadyGone) {
        // The peer or the system was faster; the socket is closed all the same.
        peerGone = true;
      }
    }
  }
}
