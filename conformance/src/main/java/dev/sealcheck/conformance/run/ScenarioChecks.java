package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.target.CheckRecord;
import dev.sealcheck.conformance.target.TestKey;
import dev.sealcheck.conformance.target.TestRun;
import io.cucumber.java.Scenario;

/** Ties a running scenario to the current run. */
public final class ScenarioChecks {

  private ScenarioChecks() {}

  /**
   * Opens the record of {@code scenario} in the current run; to be called once, in a hook before
   * its first step.
   *
   * @throws IllegalStateException if no run is open, or if the scenario has begun before
   */
  public static CheckRecord begin(Scenario scenario) {
    String id = TestTags.of(scenario.getSourceTagNames()).requirementId().orElse("");
    TestKey key = TestKey.ofScenario(scenario.getUri(), scenario.getLine());
    return TestRun.current().begin(key, id, scenario.getName());
  }
}
