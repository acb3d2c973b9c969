package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.time.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A time that stands still until the test moves it. */
final class HandMovedTime implements Timekeeper {

  private final List<Due> timers = new ArrayList<>();
  private long elapsedNanos;

  private record Due(long atNanos, Runnable task) {}

  @Override
  public synchronized Instant now() {
    return Instant.EPOCH.plusNanos(elapsedNanos);
  }

  @Override
  public synchronized long nanoTime() {
    return elapsedNanos;
  }

  @Override
  public void pause(Duration delay) {
    throw new UnsupportedOperationException("a server must not wait without being wakeable");
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable task) {
    Due due = new Due(elapsedNanos + delay.toNanos(), task);
    timers.add(due);
    notifyAll();
    return () -> cancel(due);
  }

  private synchronized void cancel(Due due) {
    timers.remove(due);
    notifyAll();
  }

  /** Waits until just so many timers are set that have neither run nor been cancelled. */
  synchronized void awaitPending(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (timers.size() != count) {
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (leftMillis <= 0) {
        throw new AssertionError(timers.size() + " timers are pending, not " + count);
      }
      wait(leftMillis);
    }
  }

  /** Moves the time on and runs what has become due. */
  void move(Duration by) {
    List<Due> due;
    synchronized (this) {
      elapsedNanos += by.toNanos();
      due = timers.stream().filter(timer -> timer.atNanos <= elapsedNanos).toList();
      timers.removeAll(due);
    }
    due.forEach(timer -> timer.task.run());
  }
}
