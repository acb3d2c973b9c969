package dev.sealcheck.protocol.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

final class SystemTimekeeper implements Timekeeper {

  private final ScheduledThreadPoolExecutor timers;

  SystemTimekeeper() {
    timers =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "timers");
              thread.setDaemon(true);
              return thread;
            });
    // A cancelled keep-alive or lock expiry must not stay in the queue until it is due.
    timers.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void pause(Duration delay) throws InterruptedException {
    if (delay.compareTo(Duration.ZERO) > 0) {
      TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    }
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    Future<?> future = timers.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }
}
