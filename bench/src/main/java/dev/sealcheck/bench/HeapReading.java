package dev.sealcheck.bench;

import java.lang.management.ManagementFactory;

/**
 * The heap after garbage collection.
 *
 * @param usedBytes what is reachable, in bytes, the replay set included
 * @param replayBytes what of it the node's replay set says it takes
 */
record HeapReading(long usedBytes, long replayBytes) {

  private static final int MOST_COLLECTIONS = 10;

  /** Less than this is noise: classes being loaded, compiled code's references. */
  private static final long SAME_BYTES = 16 * 1024;

  /** Collects until nothing more is freed. */
  static HeapReading take(long replayBytes) {
    long before = Long.MAX_VALUE;
    long used = collect();
    for (int i = 0; i < MOST_COLLECTIONS && before - used > SAME_BYTES; i++) {
      before = used;
      used = collect();
    }
    return new HeapReading(used, replayBytes);
  }

  /** The heap without the replay set, in bytes. */
  long ownBytes() {
    return usedBytes - replayBytes;
  }

  /** Collects twice, since what a cleaner holds goes at the second time; returns the bytes used. */
  static long collect() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
