package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts requests, so that a stopping server can let them finish. */
final class RunningRequests {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int count;
  private boolean stopping;

  /**
   * Lets a request in; whoever is let in must {@link #leave}.
   *
   * @throws RefusedException if the server stops
   */
  void enter() throws RefusedException {
    lock.lock();
    try {
      if (stopping) {
        throw new RefusedException(ErrorCode.SERVICE_UNAVAILABLE);
      }
      count++;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that a request is over. */
  void leave() {
    lock.lock();
    try {
      count--;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing more in, and returns when nothing runs or the time is up. */
  void stopAndWait(Duration limit) {
    lock.lock();
    try {
      stopping = true;
      long left = limit.toNanos();
      while (count > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
