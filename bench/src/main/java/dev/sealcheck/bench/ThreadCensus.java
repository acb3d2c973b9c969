package dev.sealcheck.bench;

import dev.sealcheck.protocol.time.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The threads of this process at one moment, for telling which are new. */
final class ThreadCensus {

  /** What runs virtual threads: a pool of the JDK that stays once it was needed. */
  private static final String CARRIER_CLASS = "jdk.internal.misc.CarrierThread";

  /**
   * Threads that are started once in a process and never end: those of the JDK that serve a
   * debugger and virtual threads, and the one of the metrics library.
   */
  private static final Set<String> SINGLE_THREADS =
      Set.of(
          "Attach Listener",
          "MasterPoller",
          "VirtualThread-unblocker",
          "VirtualThread-unparker",
          "prometheus-metrics-scheduler-0");

  /** Each look collects garbage. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Set<Thread> threads = Set.copyOf(Thread.getAllStackTraces().keySet());

  /** How many there were. */
  int size() {
    return threads.size();
  }

  /**
   * The names of the threads that were not there and are still alive, once there are none or the
   * limit has passed: pools let idle threads go after a minute, and the JDK's HTTP client ends its
   * thread when it is collected.
   */
  List<String> leftBehind(Duration limit, Timekeeper time) throws InterruptedException {
    boolean gone =
        new Wait(time, BETWEEN_LOOKS)
            .holds(
                () -> {
                  HeapReading.collect();
                  return newNames().isEmpty();
                },
                limit);
    return gone ? List.of() : newNames();
  }

  private List<String> newNames() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !threads.contains(thread))
        .filter(thread -> !thread.getClass().getName().equals(CARRIER_CLASS))
        .map(Thread::getName)
        .filter(name -> !SINGLE_THREADS.contains(name))
        .sorted()
        .toList();
  }
}
