package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The requests under way, so that a stopping server can let them finish, or else cut them. */
final class RunningRequests {

  private static final String RUNNING = "dev.sealcheck.running";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Set<Running> running = new HashSet<>();
  private boolean stopping;

  /** A request until it leaves, and the thread that serves it. */
  final class Running {
    private final Context context;
    private final Thread thread = Thread.currentThread();
    private volatile boolean cut;

    private Running(Context context) {
      this.context = context;
    }

    /** Notes that this request is over; for the thread that serves it. */
    void leave() {
      lock.lock();
      try {
        running.remove(this);
        idle.signalAll();
        if (cut) {
          // What interrupted this request is nothing to what the thread does next.
          Thread.interrupted();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Closes the connection first, so that the answer cannot end as if it were whole. */
    private void cut() {
      cut = true;
      Failures.cut(context, "the server stops");
      thread.interrupt();
    }
  }

  /** Whether this request was cut because the server stops, and not because its caller left. */
  static boolean isCut(Context context) {
    Running entered = context.attribute(RUNNING);
    return entered != null && entered.cut;
  }

  /**
   * Lets a request in; whoever is let in must leave.
   *
   * @throws RefusedException if the server stops
   */
  Running enter(Context context) throws RefusedException {
    lock.lock();
    try {
      if (stopping) {
        throw new RefusedException(ErrorCode.SERVICE_UNAVAILABLE);
      }
      Running entered = new Running(context);
      running.add(entered);
      context.attribute(RUNNING, entered);
      return entered;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets nothing more in, and returns when nothing runs.
   *
   * @param limit how long requests may go on; what runs then is cut
   * @param rest how long to wait for what was cut
   */
  void stopAndWait(Duration limit, Duration rest) {
    lock.lock();
    try {
      stopping = true;
      awaitIdle(limit);
      if (!running.isEmpty()) {
        // None can leave meanwhile, so no thread is interrupted that does something else by now.
        running.forEach(Running::cut);
        awaitIdle(rest);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void awaitIdle(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    while (!running.isEmpty() && left > 0) {
      left = idle.awaitNanos(left);
    }
  }
}
