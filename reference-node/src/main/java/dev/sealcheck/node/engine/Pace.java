package dev.sealcheck.node.engine;

import dev.sealcheck.protocol.time.Timekeeper;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets steps through at a steady rate: step k is due k intervals after the start, so a late one
 * delays none behind it. Any thread may stop it.
 */
final class Pace {

  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Timekeeper time;
  private final int stepsPerSecond;
  private final long startNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long steps;
  private boolean stopped;

  /** A pace that starts now; 0 steps per second stand for no pace at all. */
  Pace(Timekeeper time, int stepsPerSecond) {
    this.time = time;
    this.stepsPerSecond = stepsPerSecond;
    this.startNanos = time.nanoTime();
  }

  /**
   * Blocks until the next step is due; false as soon as the pace has been stopped.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  boolean awaitStep() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long dueNanos = stepsPerSecond == 0 ? 0 : steps * NANOS_PER_SECOND / stepsPerSecond;
      steps++;
      while (!stopped && leftNanos(dueNanos) > 0) {
        Timekeeper.Timer timer = time.after(Duration.ofNanos(leftNanos(dueNanos)), this::wake);
        try {
          changed.await();
        } finally {
          timer.cancel();
        }
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a wait that is under way and every later one at once. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long leftNanos(long dueNanos) {
    return stepsPerSecond == 0 ? 0 : dueNanos - (time.nanoTime() - startNanos);
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
