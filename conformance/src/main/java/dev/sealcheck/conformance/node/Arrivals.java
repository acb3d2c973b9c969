package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.verdict.NotRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What has come to the node, in order, as far as it fits; scenarios look at it or wait for it. */
final class Arrivals<T> {
  private final String name;
  private final int capacity;
  private final long capacityBytes;
  private final List<T> arrived = new ArrayList<>();
  private long bytes;

  Arrivals(String name, int capacity, long capacityBytes) {
    this.name = name;
    this.capacity = capacity;
    this.capacityBytes = capacityBytes;
  }

  /** Keeps {@code item}; false, and nothing is kept, where it no longer fits. */
  synchronized boolean add(T item, int weightBytes) {
    if (arrived.size() >= capacity || bytes + weightBytes > capacityBytes) {
      return false;
    }
    arrived.add(item);
    bytes += weightBytes;
    notifyAll();
    return true;
  }

  synchronized List<T> all() {
    return List.copyOf(arrived);
  }

  synchronized void clear() {
    arrived.clear();
    bytes = 0;
  }

  /**
   * Everything, once there are at least {@code count}.
   *
   * @throws dev.sealcheck.conformance.verdict.Hung if there are fewer when the deadline passes
   */
  synchronized List<T> await(int count, Deadline deadline) {
    while (arrived.size() < count) {
      long left = deadline.remaining(name + " number " + count).toNanos();
      try {
        // At least a millisecond: timedWait takes a shorter time for none at all.
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new NotRun("the run was interrupted");
      }
    }
    return all();
  }
}
