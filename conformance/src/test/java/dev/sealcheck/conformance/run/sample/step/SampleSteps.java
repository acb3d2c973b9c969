package dev.sealcheck.conformance.run.sample.step;

import dev.sealcheck.conformance.run.ScenarioChecks;
import dev.sealcheck.conformance.target.CheckRecord;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.Hung;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.verdict.NotRun;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import org.opentest4j.TestAbortedException;

/** Steps that end a scenario in each way that the runner must tell apart. */
// Cucumber calls the steps by reflection; to throw is what some of them are for.
@SuppressWarnings("DoNotCallSuggester")
public final class SampleSteps {

  private CheckRecord check;

  @Before
  public void begin(Scenario scenario) {
    check = ScenarioChecks.begin(scenario);
  }

  @When("a sealed exchange completes")
  public void completes() {
    check.sealedExchange();
  }

  @When("a sealed exchange completes with the capability {word}")
  public void completesWith(String capability) {
    if (capability.equals("missing")) {
      throw new NotApplicable("the capability is missing");
    }
    check.sealedExchange();
  }

  @When("the twin fails")
  public void twinFails() {
    throw new NotRun("the twin failed");
  }

  @When("the capability is missing")
  public void capabilityMissing() {
    throw new NotApplicable("the capability is missing");
  }

  @When("the target is silent")
  public void silent() {
    throw new Hung("no answer came within 1 ms");
  }

  @When("two steps fit")
  public void first() {}

  @When("^two steps fit$")
  public void second() {}

  @Then("the check fails")
  public void fails() {
    throw new CheckFailed("one thing", "another");
  }

  @Then("the check fails inside another exception")
  public void failsInside() {
    throw new IllegalStateException("wrapped", new CheckFailed("one thing", "another"));
  }

  @Then("nothing is wrong")
  public void nothingWrong() {}

  @Then("another code than in the table is seen")
  public void warns() {
    check.warn("code A", "code B");
  }

  @Then("a warning about {string} is noted")
  public void warnsAbout(String id) {
    TestRun.current().warn(id, "a table", "a chair");
  }

  @Then("the number is 1, not {int}")
  public void numberIsOne(int number) {
    if (number != 1) {
      throw new CheckFailed("1", Integer.toString(number));
    }
  }

  @Then("the suite has a bug")
  public void bug() {
    throw new IllegalArgumentException("a bug");
  }

  @Then("the test is aborted")
  public void aborted() {
    throw new TestAbortedException("aborted");
  }
}
