package dev.sealcheck.node.engine;

import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The answers and streams that run on one engine: as many as it takes, until it is closed. */
final class Slots implements AutoCloseable {

  private static final int RETRY_AFTER_SECONDS = 1;

  private final Semaphore free;
  private final Set<Slot> taken = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Slots that are all free.
   *
   * @throws IllegalArgumentException if {@code maxConcurrent} is not positive
   */
  Slots(int maxConcurrent) {
    if (maxConcurrent < 1) {
      throw new IllegalArgumentException("maxConcurrent is " + maxConcurrent + ", must be above 0");
    }
    this.free = new Semaphore(maxConcurrent);
  }

  /**
   * Takes a slot, which whoever takes it closes.
   *
   * @throws EngineException if none is free, or the engine was closed
   */
  Slot take() throws EngineException {
    if (closed) {
      throw EngineException.failed("the engine is closed");
    }
    if (!free.tryAcquire()) {
      throw EngineException.full(OptionalInt.of(RETRY_AFTER_SECONDS));
    }
    Slot slot = new Slot();
    taken.add(slot);
    return slot;
  }

  /** How many are taken now. */
  int taken() {
    return taken.size();
  }

  /** Stops what runs in every slot, and gives out no more. Idempotent. */
  @Override
  public void close() {
    closed = true;
    taken.forEach(Slot::stop);
  }

  /** The place of one answer or stream. */
  final class Slot implements AutoCloseable {

    private volatile Runnable onStop = () -> {};

    private Slot() {}

    /** Names what stops the work in this slot; it is done at once where the engine is closed. */
    void onStop(Runnable stop) {
      onStop = stop;
      if (closed) {
        // The list may have been gone through before the stop was known.
        stop.run();
      }
    }

    private void stop() {
      onStop.run();
    }

    /** Gives the slot back. Idempotent. */
    @Override
    public void close() {
      if (taken.remove(this)) {
        free.release();
      }
    }
  }
}
