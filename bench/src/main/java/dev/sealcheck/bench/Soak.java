package dev.sealcheck.bench;

import dev.sealcheck.bench.Tally.Outcome;
import dev.sealcheck.protocol.time.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * The soak of the reference deployment: thousands of requests mixed with departures, bad input,
 * slow readers and node restarts, and then a look at the books, the heap and the threads.
 */
public final class Soak {

  private static final int DEFAULT_REQUESTS = 20_000;
  private static final int FEWEST_REQUESTS = 200;
  private static final int MOST_REQUESTS = 1_000_000;
  private static final double MEGA = 1e6;
  private static final double HEAP_TOLERANCE = 0.20;
  private static final Duration THREADS_LIMIT = Duration.ofSeconds(100);

  private Soak() {}

  /**
   * Runs the soak and prints what came of it; exit code 1 if a bar is missed, 2 for wrong
   * arguments.
   *
   * @param args the number of requests (default 20000) and the seed of the mix (default 1)
   */
  public static void main(String[] args) throws Exception {
    if (System.getenv("SEALCHECK_LOG_LEVEL") == null) {
      System.setProperty("SEALCHECK_LOG_LEVEL", "WARN");
    }
    int requests;
    long seed;
    try {
      requests = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_REQUESTS;
      seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    } catch (NumberFormatException e) {
      requests = 0;
      seed = 0;
    }
    if (args.length > 2 || requests < FEWEST_REQUESTS || requests > MOST_REQUESTS) {
      System.err.println(
          "arguments: [requests, " + FEWEST_REQUESTS + " to " + MOST_REQUESTS + "] [seed]");
      System.exit(2);
    }
    System.exit(run(requests, seed) ? 0 : 1);
  }

  private static boolean run(int requests, long seed) throws Exception {
    Timekeeper time = Timekeeper.system();
    startTimerThread(time);
    ThreadCensus before = new ThreadCensus();
    long startNanos = time.nanoTime();
    System.out.printf(
        "Soak: %d requests, seed %d, %d client threads, JDK %s, %d processors%n",
        requests,
        seed,
        SoakRun.THREADS,
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
    SoakRun.Result result = soak(requests, seed, time);
    Duration soaked = Duration.ofNanos(time.nanoTime() - startNanos);
    List<String> threadsLeft = before.leftBehind(THREADS_LIMIT, time);
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding(
            "every request ended as it should",
            result.tally().unexpected() == 0,
            result.tally().unexpected() + " of " + result.tally().requests() + " did not"));
    findings.addAll(result.books());
    findings.add(heap(result));
    findings.add(
        new Finding(
            "no thread left behind",
            threadsLeft.isEmpty(),
            String.format(
                "%d before, %d after a tenth, %d at the end, left after the stop: %s",
                before.size(), result.threadsEarly(), result.threadsLate(), threadsLeft)));
    print(result, findings, soaked);
    return findings.stream().allMatch(Finding::met);
  }

  /** In a method of its own, so that nothing here keeps the servers reachable. */
  private static SoakRun.Result soak(int requests, long seed, Timekeeper time) throws Exception {
    try (SoakRun run = new SoakRun(seed, requests, time)) {
      return run.run();
    }
  }

  /** The thread is this class's own, and must be there before threads are counted. */
  private static void startTimerThread(Timekeeper time) throws InterruptedException {
    CountDownLatch runs = new CountDownLatch(1);
    time.after(Duration.ZERO, runs::countDown);
    runs.await();
  }

  private static Finding heap(SoakRun.Result result) {
    long early = result.early().ownBytes();
    long late = result.late().ownBytes();
    double change = (double) (late - early) / early;
    return new Finding(
        "heap after GC, replay set aside, within 20 % of a tenth's",
        Math.abs(change) <= HEAP_TOLERANCE,
        String.format(
            Locale.ROOT,
            "%.2f MB, then %.2f MB: %+.1f %% (replay set %d kB, %d kB)",
            early / MEGA,
            late / MEGA,
            100 * change,
            result.early().replayBytes() / 1_000,
            result.late().replayBytes() / 1_000));
  }

  private static void print(SoakRun.Result result, List<Finding> findings, Duration soaked) {
    System.out.printf(
        "%d node restarts, every other one with a broken engine; %d s%n%n",
        result.restarts(), soaked.toSeconds());
    System.out.printf(
        "%-20s %9s %9s %9s %11s%n", "kind", "expected", "restart", "cut off", "unexpected");
    for (Kind kind : Kind.values()) {
      System.out.printf(
          "%-20s %9d %9d %9d %11d%n",
          kind,
          result.tally().counted(kind, Outcome.EXPECTED),
          result.tally().counted(kind, Outcome.LOST_TO_RESTART),
          result.tally().counted(kind, Outcome.CUT_OFF),
          result.tally().counted(kind, Outcome.UNEXPECTED));
    }
    System.out.println();
    findings.forEach(finding -> System.out.println(finding.line()));
    result.tally().surprises().forEach(surprise -> System.out.println("  " + surprise));
  }
}
