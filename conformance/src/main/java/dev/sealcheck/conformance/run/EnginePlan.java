package dev.sealcheck.conformance.run;

import java.util.List;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;

/** The tests that one engine found, ready to run once. */
final class EnginePlan {

  /** Of an engine that could not look for tests. */
  static final EnginePlan EMPTY = new EnginePlan(null, null);

  private final Launcher launcher;
  private final TestPlan plan;

  EnginePlan(Launcher launcher, TestPlan plan) {
    this.launcher = launcher;
    this.plan = plan;
  }

  boolean hasTests() {
    return plan != null && plan.countTestIdentifiers(TestIdentifier::isTest) > 0;
  }

  /** The tests, in the engine's order. */
  List<TestIdentifier> tests() {
    return plan == null
        ? List.of()
        : plan.getRoots().stream()
            .flatMap(root -> plan.getDescendants(root).stream())
            .filter(TestIdentifier::isTest)
            .toList();
  }

  PlannedTest planned(TestIdentifier test) {
    return PlannedTest.of(test, plan);
  }

  /** Runs the tests and returns when the last has ended; does nothing where there is none. */
  void execute(ReportCollector reports) {
    if (hasTests()) {
      launcher.execute(LauncherExecutionRequestBuilder.request(plan).listeners(reports).build());
    }
  }
}
