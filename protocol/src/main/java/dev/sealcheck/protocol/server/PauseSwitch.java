package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * Holds requests back while it is on, so that a test sees a server that is there and does not
 * answer. Off at first.
 */
public final class PauseSwitch implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean paused;
  private boolean closed;
  private int waiting;

  /** Switches the pause on, or off, which lets go on everything that waits. */
  public void set(boolean pause) {
    lock.lock();
    try {
      paused = pause;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many requests are held back now. */
  public int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns at once where there is no pause, else when it is over. The request's body must have
   * been read.
   *
   * @throws IOException if the caller leaves meanwhile
   * @throws RefusedException if the server stops meanwhile
   */
  public void pass(Context context) throws RefusedException, IOException, InterruptedException {
    lock.lockInterruptibly();
    waiting++;
    try {
      while (paused && !closed) {
        long left = changed.awaitNanos(BETWEEN_LOOKS.toNanos());
        if (left <= 0) {
          throwIfCallerIsGone(context);
        }
      }
      if (closed) {
        throw new RefusedException(ErrorCode.SERVICE_UNAVAILABLE);
      }
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  /** Refuses everything that waits and all that comes. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Nothing else reads the connection between the end of a request's body and the end of its
   * answer, so its end shows only to who looks. A caller that sends on before it has its answer
   * (pipelining) would lose those bytes, so it loses the connection too.
   */
  private static void throwIfCallerIsGone(Context context) throws IOException {
    EndPoint endPoint =
        ServletContextRequest.getServletContextRequest(context.req())
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    // In Jetty a buffer that is ready to be flushed is also the form to be filled.
    ByteBuffer one = ByteBuffer.allocate(1).limit(0);
    if (!endPoint.isOpen() || endPoint.fill(one) != 0) {
      throw new IOException("the caller left while it was held back");
    }
  }
}
