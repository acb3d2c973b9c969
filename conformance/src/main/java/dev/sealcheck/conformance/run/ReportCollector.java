package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.time.SuiteClock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Keeps what an engine reports of each test, and its troubles outside of tests. */
final class ReportCollector implements TestExecutionListener {

  private final SuiteClock clock;
  private final Map<String, Long> started = new ConcurrentHashMap<>();
  private final Map<String, TestReport> reports = new ConcurrentHashMap<>();
  private final Collection<String> problems = new ConcurrentLinkedQueue<>();

  ReportCollector(SuiteClock clock) {
    this.clock = clock;
  }

  Optional<TestReport> report(TestIdentifier test) {
    return Optional.ofNullable(reports.get(test.getUniqueId()));
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    started.put(test.getUniqueId(), clock.nanoTime());
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (test.isTest()) {
      reports.put(
          test.getUniqueId(), new TestReport(Optional.empty(), Optional.of(reason), Duration.ZERO));
    } else {
      problems.add(test.getDisplayName() + " was skipped: " + reason);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Optional<Throwable> thrown = thrown(result);
    if (!test.isTest()) {
      thrown.ifPresent(
          problem -> problems.add(test.getDisplayName() + ": " + Outcome.describe(problem)));
      return;
    }
    long now = clock.nanoTime();
    long since = started.getOrDefault(test.getUniqueId(), now);
    reports.put(
        test.getUniqueId(),
        new TestReport(thrown, Optional.empty(), Duration.ofNanos(now - since)));
  }

  /** An engine may fail or abort a test without an exception, and that is no success either. */
  private static Optional<Throwable> thrown(TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
      return Optional.empty();
    }
    return Optional.of(
        result
            .getThrowable()
            .orElseGet(() -> new IllegalStateException("the engine gave no reason for " + result)));
  }
}
