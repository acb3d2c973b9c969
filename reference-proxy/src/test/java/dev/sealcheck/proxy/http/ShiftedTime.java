package dev.sealcheck.proxy.http;

import dev.sealcheck.protocol.time.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** The system's time, which a test can put forward; timers that run already do not notice. */
final class ShiftedTime implements Timekeeper {

  private final Timekeeper system = Timekeeper.system();
  private final AtomicLong aheadNanos = new AtomicLong();

  void putForward(Duration step) {
    aheadNanos.addAndGet(step.toNanos());
  }

  @Override
  public Instant now() {
    return system.now().plusNanos(aheadNanos.get());
  }

  @Override
  public long nanoTime() {
    return system.nanoTime() + aheadNanos.get();
  }

  @Override
  public void pause(Duration delay) throws InterruptedException {
    system.pause(delay);
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    return system.after(delay, task);
  }
}
