package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.report.RunResult;
import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.target.DeploymentException;
import dev.sealcheck.conformance.target.TestRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.platform.launcher.TestIdentifier;

/** The checks of a run, found and ready; runs once. */
public final class DiscoveredSuite {

  private final Ledger ledger;
  private final Selection selection;
  private final Map<Engine, EnginePlan> plans;
  private final boolean overlap;
  private final List<String> problems;

  DiscoveredSuite(
      Ledger ledger,
      Selection selection,
      Map<Engine, EnginePlan> plans,
      boolean overlap,
      List<String> problems) {
    this.ledger = ledger;
    this.selection = selection;
    this.plans = Map.copyOf(plans);
    this.overlap = overlap;
    this.problems = new ArrayList<>(problems);
  }

  /** How many scenarios, rows of examples and properties will run. */
  public int size() {
    return plans.values().stream().mapToInt(plan -> plan.tests().size()).sum();
  }

  /** Everything that will run: the scenarios in the order of their files, then the properties. */
  public List<FoundTest> tests() {
    return Stream.of(Engine.CUCUMBER, Engine.JQWIK)
        .map(plans::get)
        .flatMap(plan -> plan.tests().stream().map(plan::planned))
        .map(FoundTest::of)
        .toList();
  }

  /**
   * Runs everything and judges it. The given run must be the current one.
   *
   * @param requireUp called after the last check; throws {@link DeploymentException} where the
   *     target was started by the suite and has not stayed up
   * @throws InterruptedException if the thread is interrupted while it waits for the properties
   */
  public RunResult run(TestRun run, Runnable requireUp) throws InterruptedException {
    Instant started = run.clock().now();
    long startNanos = run.clock().nanoTime();
    ReportCollector scenarios = new ReportCollector(run.clock());
    ReportCollector properties = new ReportCollector(run.clock());
    execute(scenarios, properties);
    problems.addAll(scenarios.problems());
    problems.addAll(properties.problems());
    problems.addAll(run.servers().failures());
    try {
      requireUp.run();
    } catch (DeploymentException e) {
      problems.add(e.getMessage());
    }
    Judge judge = new Judge(ledger, selection, run);
    plans
        .get(Engine.CUCUMBER)
        .tests()
        .forEach(test -> add(judge, Engine.CUCUMBER, test, scenarios));
    plans.get(Engine.JQWIK).tests().forEach(test -> add(judge, Engine.JQWIK, test, properties));
    problems.forEach(judge::problem);
    return judge.result(started, Duration.ofNanos(run.clock().nanoTime() - startNanos));
  }

  private void add(Judge judge, Engine engine, TestIdentifier test, ReportCollector reports) {
    Optional<TestReport> report = reports.report(test);
    judge.test(plans.get(engine).planned(test), report);
  }

  private void execute(ReportCollector scenarios, ReportCollector properties)
      throws InterruptedException {
    EnginePlan cucumber = plans.get(Engine.CUCUMBER);
    EnginePlan jqwik = plans.get(Engine.JQWIK);
    ExecutorService beside =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "properties"));
    try {
      if (!overlap) {
        await(beside.submit(() -> cucumber.execute(scenarios)));
        await(beside.submit(() -> jqwik.execute(properties)));
        return;
      }
      Future<?> propertiesEnd = beside.submit(() -> jqwik.execute(properties));
      runHere(() -> cucumber.execute(scenarios));
      await(propertiesEnd);
    } finally {
      beside.shutdownNow();
    }
  }

  private void runHere(Runnable engine) {
    try {
      engine.run();
    } catch (RuntimeException | LinkageError e) {
      problems.add("an engine failed: " + Outcome.describe(e));
    }
  }

  private void await(Future<?> end) throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException e) {
      problems.add("an engine failed: " + Outcome.describe(e.getCause()));
    }
  }
}
