package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.run.ScenarioChecks;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.After;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;

/** Ties each scenario's world to the run. */
public final class ScenarioHooks {

  private final World world;

  /** Made by Cucumber for each scenario. */
  public ScenarioHooks(World world) {
    this.world = world;
  }

  /** Opens the record before the first step. */
  @Before
  public void begin(Scenario scenario) {
    world.begin(TestRun.current(), ScenarioChecks.begin(scenario));
  }

  /** Gives the user back, however the scenario ended. */
  @After
  public void end() {
    world.close();
  }
}
