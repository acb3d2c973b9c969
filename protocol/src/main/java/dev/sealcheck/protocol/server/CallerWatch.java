package dev.sealcheck.protocol.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that a caller has left while it is being answered, also where nothing is written to it.
 * Between the end of a request's body and the end of its answer nobody reads the connection, so
 * this does: its end is the caller's leaving. A caller that only shuts down its own direction
 * cannot be told from one that is gone, and counts as gone. What a caller sends on before it has
 * its answer is dropped, and the connection serves nothing after that answer.
 */
final class CallerWatch implements AutoCloseable {

  private static final int BUFFER_SIZE_IN_BYTES = 1024;

  /** Of bytes that nobody asked for; past it a caller is cut like one that is gone. */
  private static final int MAX_EARLY_BYTES = 64 * 1024;

  private final Request request;
  private final AbstractEndPoint endPoint;
  private final Executor executor;
  private final Runnable onGone;
  private final Callback readable = new Sight();
  private final ReentrantLock lock = new ReentrantLock();
  private int earlyBytes;
  private boolean over;

  /**
   * Begins to watch.
   *
   * @param context of a request whose body has been read to its end
   * @param executor runs {@code onGone}
   * @param onGone called at most once, when the caller is gone before this is closed; the
   *     connection is closed then
   * @throws IllegalStateException if the body is still being read
   */
  CallerWatch(Context context, Executor executor, Runnable onGone) {
    request = ServletContextRequest.getServletContextRequest(context.req());
    // Every end point of a socket is one, plain or TLS.
    endPoint = (AbstractEndPoint) request.getConnectionMetaData().getConnection().getEndPoint();
    this.executor = executor;
    this.onGone = onGone;
    if (!endPoint.tryFillInterested(readable)) {
      throw new IllegalStateException("the body is still being read");
    }
  }

  /** Stops watching; when this returns the connection is free for its next request. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!over) {
        over = true;
        // The platform aborts a connection on which a read is pending when its answer ends.
        endPoint.getFillInterest().onFail(new CancellationException("the answer ends"));
      }
      if (earlyBytes > 0) {
        Request.addCompletionListener(request, failure -> endPoint.close());
      }
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    lock.lock();
    try {
      if (over) {
        return;
      }
      // In Jetty a buffer that is ready to be flushed is also the form to be filled.
      int count = endPoint.fill(ByteBuffer.allocate(BUFFER_SIZE_IN_BYTES).limit(0));
      earlyBytes += Math.max(count, 0);
      if (count < 0 || earlyBytes > MAX_EARLY_BYTES || !endPoint.tryFillInterested(readable)) {
        leave();
      }
    } catch (IOException broken) {
      leave();
    } finally {
      lock.unlock();
    }
  }

  private void lose() {
    lock.lock();
    try {
      leave();
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    if (!over) {
      over = true;
      executor.execute(this::cut);
    }
  }

  /** Ends a write that waits for the caller, too. */
  private void cut() {
    endPoint.close(new IOException("the caller is gone"));
    onGone.run();
  }

  /** Runs on the thread that selects for many connections, so it must not block. */
  private final class Sight implements Callback {

    @Override
    public void succeeded() {
      look();
    }

    @Override
    public void failed(Throwable closed) {
      lose();
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
