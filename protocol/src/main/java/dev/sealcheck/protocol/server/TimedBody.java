package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.time.Timekeeper;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * The body of one request, read against a clock: however slowly it comes, and also where nothing
 * comes at all, it is over after its time. For one thread, which alone may read the request.
 */
final class TimedBody implements AutoCloseable {

  private static final String LATE = "dev.sealcheck.late";

  private final ServletRequest request;
  private final Request source;
  private final Semaphore changes = new Semaphore(0);
  private final Runnable arrival =
      Invocable.from(Invocable.InvocationType.NON_BLOCKING, changes::release);
  private final Timekeeper.Timer timer;
  private volatile boolean late;

  /** Starts the clock. */
  TimedBody(ServletRequest request, Timekeeper time, Duration limit) {
    this.request = request;
    this.source = ServletContextRequest.getServletContextRequest(request);
    this.timer = time.after(limit, this::expire);
  }

  /** Whether the time of this request's body is up, so that nobody may read it any more. */
  static boolean isLate(ServletRequest request) {
    return request.getAttribute(LATE) != null;
  }

  /**
   * Waits for the next bytes and writes them to {@code target}; their number, or -1 at the end.
   *
   * @throws TimeoutException if the time is up
   * @throws ProtocolException if what the caller sends is no HTTP
   * @throws IOException if the caller is gone
   */
  int next(OutputStream target) throws IOException, TimeoutException {
    while (!late) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        source.demand(arrival);
        awaitChange();
      } else if (Content.Chunk.isFailure(chunk)) {
        throw failure(chunk.getFailure());
      } else if (chunk.hasRemaining()) {
        return take(chunk, target);
      } else {
        chunk.release();
        if (chunk.isLast()) {
          return -1;
        }
      }
    }
    throw timeout();
  }

  /** Stops the clock. */
  @Override
  public void close() {
    timer.cancel();
  }

  private IOException failure(Throwable cause) throws TimeoutException {
    if (cause instanceof TimeoutException) {
      // The platform has a limit of its own for silence, which may be the shorter one.
      throw timeout();
    }
    // The platform says "early end" of chunks that are none, too, but then nothing has ended.
    if (cause instanceof HttpException
        && !source.getConnectionMetaData().getConnection().getEndPoint().isInputShutdown()) {
      return new ProtocolException("the body is no valid HTTP");
    }
    return new IOException("the body broke off", cause);
  }

  private TimeoutException timeout() {
    request.setAttribute(LATE, true);
    return new TimeoutException("the body took too long");
  }

  private static int take(Content.Chunk chunk, OutputStream target) throws IOException {
    try {
      ByteBuffer buffer = chunk.getByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      target.write(bytes);
      return bytes.length;
    } finally {
      chunk.release();
    }
  }

  private void awaitChange() throws InterruptedIOException {
    try {
      changes.acquire();
    } catch (InterruptedException stopping) {
      request.setAttribute(LATE, true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server stops");
    }
  }

  private void expire() {
    late = true;
    changes.release();
  }
}
