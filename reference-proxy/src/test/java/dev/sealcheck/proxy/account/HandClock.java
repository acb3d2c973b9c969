package dev.sealcheck.proxy.account;

import dev.sealcheck.protocol.time.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that moves only when a test says so; starts close to the overflow of its readings. */
final class HandClock implements Timekeeper {

  // No record: two timers are never the same, whatever they hold.
  private static final class Task {
    final long dueNanos;
    final Runnable work;

    Task(long dueNanos, Runnable work) {
      this.dueNanos = dueNanos;
      this.work = work;
    }
  }

  private final List<Task> tasks = new ArrayList<>();
  private boolean refusing;
  private Runnable afterStart = () -> {};
  private long nanos = Long.MAX_VALUE - 1_000;

  @Override
  public synchronized Instant now() {
    throw new UnsupportedOperationException("locks are measured, not dated");
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public void pause(Duration delay) {
    throw new UnsupportedOperationException("accounts never wait");
  }

  @Override
  public Timer after(Duration delay, Runnable work) {
    Task task = start(delay, work);
    afterStart.run();
    return () -> cancel(task);
  }

  /** Runs {@code work} whenever a timer has started and its owner does not know it yet. */
  void onceTimerStarted(Runnable work) {
    afterStart = work;
  }

  /** Moves time and runs every timer that is due. */
  void advance(Duration step) {
    moveWithoutTimers(step);
    runDueTimers();
  }

  /** Moves time as if the timer thread were held up. */
  synchronized void moveWithoutTimers(Duration step) {
    nanos += step.toNanos();
  }

  void runDueTimers() {
    runTimersOfNext(Duration.ZERO);
  }

  /** Runs the timers of the time to come without moving: a reading taken before they ran. */
  void runTimersOfNext(Duration ahead) {
    for (Optional<Task> next = takeDue(ahead); next.isPresent(); next = takeDue(ahead)) {
      next.get().work.run();
    }
  }

  /** Makes every later attempt to start a timer fail, as after a shutdown. */
  synchronized void refuseTimers() {
    refusing = true;
  }

  synchronized int pendingTimers() {
    return tasks.size();
  }

  private synchronized Task start(Duration delay, Runnable work) {
    if (refusing) {
      throw new IllegalStateException("no more timers");
    }
    Task task = new Task(nanos + delay.toNanos(), work);
    tasks.add(task);
    return task;
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  private synchronized Optional<Task> takeDue(Duration ahead) {
    Optional<Task> due =
        tasks.stream()
            .filter(task -> task.dueNanos - nanos <= ahead.toNanos())
            .min(Comparator.comparingLong(task -> task.dueNanos - nanos));
    due.ifPresent(this::cancel);
    return due;
  }
}
