package dev.sealcheck.conformance.host;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.HttpHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One call that arrived, body included, and the ways to answer or to break it. The handler's thread
 * answers; {@link #reset()}, {@link #closeSilently()} and {@link #awaitPeerGone} may be called from
 * any thread, and do nothing once the handler has returned: the connection may serve another call.
 */
public final class HostedCall {
  private enum Phase {
    OPEN,
    STREAMING,
    ANSWERED
  }

  private final HostedRequest request;
  private final PeerSocket socket;
  private final Runnable cut;
  private Phase phase = Phase.OPEN;
  private boolean keepsAlive;
  private HostedStream stream;
  private boolean over;
  // Fair, so that a thread that looks again and again for the peer's end lets the call end.
  private final ReentrantLock reading = new ReentrantLock(true);

  HostedCall(HostedRequest request, PeerSocket socket, Runnable cut) {
    this.request = request;
    this.socket = socket;
    this.cut = cut;
  }

  /** The method as written. */
  public String method() {
    return request.method();
  }

  /** The path as written, without query and fragment. */
  public String path() {
    return request.path();
  }

  /** All header lines in the order of the wire. */
  public List<HttpHeader> headers() {
    return request.headers();
  }

  /** The value of the first header of that name; case does not matter. */
  public Optional<String> header(String name) {
    return headers().stream().filter(line -> line.isNamed(name)).map(HttpHeader::value).findFirst();
  }

  /** The whole body, chunked or not, at most 16 MiB; empty where there was none. */
  public Bytes body() {
    return request.body();
  }

  /**
   * Sends head and body in one write, with the length that is right; the connection is kept for the
   * next call unless the peer or one of {@code headers} says close.
   *
   * @throws IOException if the connection is gone
   * @throws IllegalStateException if the call was answered before
   * @throws IllegalArgumentException if the status is not 100 to 599, a status without a body has
   *     one, or {@code headers} hold a length or transfer coding
   */
  public void answer(int status, List<HttpHeader> headers, Bytes body) throws IOException {
    Bytes bytes = AnswerBytes.whole(status, headers, body, method().equals("HEAD"));
    begin(Phase.ANSWERED, headers);
    socket.write(bytes);
  }

  /**
   * Sends {@code json} as it is, as application/json.
   *
   * @throws IOException if the connection is gone
   */
  public void answerJson(int status, Bytes json) throws IOException {
    answer(status, List.of(new HttpHeader("Content-Type", "application/json")), json);
  }

  /**
   * Sends the head of a chunked answer at once; the body is written to what is returned, and must
   * be ended or aborted before the handler returns.
   *
   * @throws IOException if the connection is gone
   * @throws IllegalStateException if the call was answered before
   */
  public HostedStream stream(int status, List<HttpHeader> headers) throws IOException {
    Bytes head = AnswerBytes.chunkedHead(status, headers);
    HostedStream opened = new HostedStream(this, socket);
    begin(Phase.STREAMING, headers);
    synchronized (this) {
      stream = opened;
    }
    socket.write(head);
    return opened;
  }

  /** Resets the connection (RST), answered or not; a handler that waits is interrupted. */
  public synchronized void reset() {
    if (!over) {
      cut.run();
    }
  }

  /** Closes the connection in order (FIN), answered or not. */
  public synchronized void closeSilently() {
    if (!over) {
      socket.close();
    }
  }

  /**
   * Blocks, sending nothing, until the peer has closed its side; false where it had not by {@code
   * deadline}, or where this side closed first. What the peer sends meanwhile is dropped.
   */
  public boolean awaitPeerGone(Deadline deadline) {
    while (!socket.isPeerGone() && !socket.isClosed() && !deadline.isPast() && !isOver()) {
      reading.lock();
      try {
        if (!isOver()) {
          socket.lookForEnd(deadline);
        }
      } finally {
        reading.unlock();
      }
    }
    return socket.isPeerGone();
  }

  /** The handler has returned; from now on no other thread touches the connection through this. */
  void finish() {
    reading.lock();
    try {
      synchronized (this) {
        over = true;
      }
    } finally {
      reading.unlock();
    }
  }

  private synchronized boolean isOver() {
    return over;
  }

  /**
   * Sends any bytes in the place of an answer, in one write, then closes (FIN).
   *
   * @throws IOException if the connection is gone
   * @throws IllegalStateException if the call was answered before
   */
  public void raw(Bytes bytes) throws IOException {
    begin(Phase.ANSWERED, List.of(new HttpHeader("Connection", "close")));
    socket.write(bytes);
    socket.close();
  }

  /** Whether the handler did its part: answered, ended its stream, or the connection is over. */
  synchronized boolean isServed() {
    return switch (phase) {
      case OPEN -> socket.isClosed() || socket.isPeerGone();
      case STREAMING -> socket.isClosed() || socket.isPeerGone() || stream.isEnded();
      case ANSWERED -> true;
    };
  }

  /** Whether the connection can serve another call. */
  synchronized boolean isReusable() {
    boolean complete = phase == Phase.ANSWERED || (phase == Phase.STREAMING && stream.isEnded());
    return complete && keepsAlive && !socket.isClosed() && !socket.hasLostInput();
  }

  private synchronized void begin(Phase next, List<HttpHeader> answerHeaders) throws IOException {
    if (socket.isClosed()) {
      throw new IOException("the connection was closed by this side");
    }
    if (phase != Phase.OPEN) {
      throw new IllegalStateException("the call was answered before");
    }
    phase = next;
    List<HttpHeader> lines = new ArrayList<>(request.headers());
    lines.addAll(answerHeaders);
    keepsAlive = !HostedRequest.wantsClose(lines);
  }

  @Override
  public String toString() {
    return method() + " " + path() + " with " + body();
  }
}
