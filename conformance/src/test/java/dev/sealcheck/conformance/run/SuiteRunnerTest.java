package dev.sealcheck.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.profile.Counts;
import dev.sealcheck.conformance.report.Conformance;
import dev.sealcheck.conformance.report.RequirementResult;
import dev.sealcheck.conformance.report.RunResult;
import dev.sealcheck.conformance.report.TestResult;
import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.RequirementClass;
import dev.sealcheck.conformance.run.sample.property.SampleProperties;
import dev.sealcheck.conformance.target.DeploymentException;
import dev.sealcheck.conformance.target.Models;
import dev.sealcheck.conformance.target.Target;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuiteRunnerTest {

  private static final SuiteSources SOURCES =
      new SuiteSources(
          "samplefeatures",
          "dev.sealcheck.conformance.run.sample.step",
          "dev.sealcheck.conformance.run.sample.property");

  private final Ledger ledger = ledger();

  @Test
  void givesEachWayOfEndingItsVerdict() throws InterruptedException {
    Map<String, Verdict> verdicts = verdicts(run(Selection.everything(), 3, 1));

    assertThat(verdicts)
        .containsEntry("AAA-01", Verdict.PASS)
        .containsEntry("AAA-02", Verdict.FAIL)
        .containsEntry("AAA-03", Verdict.WARN)
        .containsEntry("AAA-04", Verdict.INFO)
        .containsEntry("AAA-05", Verdict.NOT_RUN)
        .containsEntry("AAA-06", Verdict.NOT_APPLICABLE)
        .containsEntry("AAA-07", Verdict.HUNG)
        .containsEntry("AAA-08", Verdict.HARNESS_ERROR)
        .containsEntry("AAA-09", Verdict.HARNESS_ERROR)
        .containsEntry("AAA-10", Verdict.NOT_RUN)
        .containsEntry("AAA-11", Verdict.HARNESS_ERROR)
        .containsEntry("AAA-12", Verdict.WARN)
        .containsEntry("AAA-13", Verdict.PASS)
        .containsEntry("AAA-14", Verdict.NOT_RUN)
        .containsEntry("AAA-16", Verdict.PASS)
        .containsEntry("AAA-17", Verdict.FAIL)
        .containsEntry("AAA-18", Verdict.NOT_RUN)
        .containsEntry("AAA-19", Verdict.HARNESS_ERROR)
        .containsEntry("AAA-20", Verdict.FAIL)
        .containsEntry("AAA-21", Verdict.HARNESS_ERROR)
        .containsEntry("AAA-22", Verdict.WARN)
        .containsEntry("AAA-23", Verdict.FAIL)
        .containsEntry("AAA-24", Verdict.HARNESS_ERROR)
        .containsEntry("AAA-25", Verdict.FAIL)
        .containsEntry("AAA-26", Verdict.PASS)
        .hasSize(25);
  }

  @Test
  void saysWhyARowIsNotAPass() throws InterruptedException {
    RunResult result = run(Selection.everything(), 2, 1);

    assertThat(row(result, "AAA-02").tests().get(0))
        .extracting(TestResult::expected, TestResult::seen)
        .containsExactly("one thing", "another");
    assertThat(row(result, "AAA-05").reason()).isEqualTo("the twin failed");
    assertThat(row(result, "AAA-08").reason()).contains("UndefinedStepException");
    assertThat(row(result, "AAA-10").reason()).contains("no sealed exchange");
    assertThat(row(result, "AAA-11").reason()).contains("IllegalArgumentException: a bug");
    assertThat(row(result, "AAA-13").reason()).isEqualTo("1 of 2 tests did not apply");
    assertThat(row(result, "AAA-14").reason()).isEqualTo("no test of it was found");
    assertThat(row(result, "AAA-21").reason()).contains("@must @hardened");
    assertThat(row(result, "AAA-22").reason()).contains("a chair");
    assertThat(result.excluded()).extracting(row -> row.id()).containsExactly("AAA-15");
    assertThat(result.problems()).singleElement().asString().contains("ZZZ-99");
    assertThat(result.conformance()).isEqualTo(Conformance.NOT_CONFORMANT);
    assertThat(result.classReached()).isEqualTo("neither");
  }

  @Test
  void tellsTheRowsOfAnOutlineApart() throws InterruptedException {
    RequirementResult row = row(run(Selection.everything(), 1, 1), "AAA-23");

    assertThat(row.tests())
        .extracting(TestResult::verdict)
        .containsExactly(Verdict.PASS, Verdict.FAIL);
    assertThat(row.tests().get(1).name()).startsWith("One row of two fails [").contains("#1.2");
    assertThat(row.tests().get(1).location()).startsWith("samplefeatures/verdicts.feature:");
  }

  @Test
  void reportsTheSmallestInputsThatFail() throws InterruptedException {
    RequirementResult row = row(run(Selection.everything(), 2, 7), "AAA-17");

    assertThat(row.tests().get(0).seen())
        .isIn(
            "the number 11; smallest input found: 11", "the number -11; smallest input found: -11");
  }

  @Test
  void writesOddInputsInEscapesAndNothingButInputs() throws InterruptedException {
    RequirementResult row = row(run(Selection.everything(), 2, 7), "AAA-25");

    assertThat(row.tests().get(0).seen()).isEqualTo("an accent; smallest input found: \"\\u00e9\"");
  }

  @Test
  void doesNotShrinkWhatSaysNothing() throws InterruptedException {
    SampleProperties.tries = 0;

    run(Selection.everything(), 2, 7);

    assertThat(SampleProperties.tries).isEqualTo(4);
  }

  @Test
  void repeatsTheInputsOfASeed() throws InterruptedException {
    assertThat(inputs(11)).isEqualTo(inputs(11)).hasSize(20).isNotEqualTo(inputs(12));
  }

  @Test
  void triesAsOftenAsTheProfileSays() throws InterruptedException {
    SampleProperties.untold = 0;

    run(byTags("@AAA-26"), 2, 3);

    assertThat(SampleProperties.untold).isEqualTo(Counts.DEFAULT.tries());
  }

  @Test
  void judgesAllAlikeWithOneUser() throws InterruptedException {
    assertThat(verdicts(run(Selection.everything(), 1, 1)))
        .isEqualTo(verdicts(run(Selection.everything(), 4, 1)));
  }

  @Test
  void judgesNoClassWhereRowsAreNamed() throws InterruptedException {
    RunResult result = run(byId("AAA-01"), 2, 1);

    assertThat(result.conformance()).isEqualTo(Conformance.CONFORMANT);
    assertThat(result.classReached()).isEqualTo("not judged: filtered");
    assertThat(verdicts(result)).containsOnlyKeys("AAA-01");
    assertThat(result.classes().get(0).rows()).isEqualTo(12);
    assertThat(result.classes().get(0).tested()).isEqualTo(1);
  }

  @Test
  void selectsOneClass() throws InterruptedException {
    Selection core =
        Selection.of(Optional.empty(), List.of(), Optional.of(RequirementClass.CORE), ledger);

    RunResult result = run(core, 2, 1);

    assertThat(verdicts(result)).hasSize(12).doesNotContainKey("AAA-13");
    assertThat(result.classReached()).isEqualTo("neither");
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void selectsScenariosAndPropertiesByTags() throws InterruptedException {
    RunResult result = run(byTags("@AAA-01 or @AAA-16 or @may"), 2, 1);

    assertThat(verdicts(result))
        .isEqualTo(Map.of("AAA-01", Verdict.PASS, "AAA-16", Verdict.PASS, "AAA-04", Verdict.INFO));
    assertThat(result.conformance()).isEqualTo(Conformance.CONFORMANT);
  }

  @Test
  void isIncompleteWhereNothingIsSelected() throws InterruptedException {
    assertThat(run(byTags("@nothing"), 2, 1).conformance()).isEqualTo(Conformance.INCOMPLETE);
  }

  @Test
  void isIncompleteWhereAFeatureCannotBeRead() throws InterruptedException {
    SuiteSources broken =
        new SuiteSources("brokenfeatures", SOURCES.gluePackage(), SOURCES.propertyPackage());

    RunResult result = run(broken, byTags("@AAA-16"), 2, 1, () -> {});

    assertThat(result.problems()).anyMatch(problem -> problem.contains("broken.feature"));
    assertThat(result.conformance()).isEqualTo(Conformance.INCOMPLETE);
  }

  @Test
  void isIncompleteWhereTheReferenceDied() throws InterruptedException {
    RunResult result =
        run(
            SOURCES,
            byId("AAA-01"),
            2,
            1,
            () -> {
              throw new DeploymentException("the reference node ended");
            });

    assertThat(result.problems()).containsExactly("the reference node ended");
    assertThat(result.conformance()).isEqualTo(Conformance.INCOMPLETE);
  }

  private List<Long> inputs(long seed) throws InterruptedException {
    SampleProperties.INPUTS.clear();
    run(byTags("@AAA-16"), 2, seed);
    return new ArrayList<>(SampleProperties.INPUTS);
  }

  private Selection byTags(String expression) {
    return Selection.of(Optional.of(expression), List.of(), Optional.empty(), ledger);
  }

  private Selection byId(String id) {
    return Selection.of(Optional.empty(), List.of(id), Optional.empty(), ledger);
  }

  private RunResult run(Selection selection, int users, long seed) throws InterruptedException {
    return run(SOURCES, selection, users, seed, () -> {});
  }

  private RunResult run(
      SuiteSources sources, Selection selection, int users, long seed, Runnable requireUp)
      throws InterruptedException {
    SuiteClock clock = SuiteClock.system();
    List<TestUser> accounts =
        IntStream.range(0, users)
            .mapToObj(i -> new TestUser("user " + i, new BearerToken("t" + i)))
            .toList();
    Target target =
        Target.of(
            URI.create("http://127.0.0.1:1"),
            accounts,
            Models.none("no model"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            false);
    DiscoveredSuite suite = new SuiteRunner(ledger, sources).discover(selection, users);
    try (Messenger messenger = new Messenger(clock);
        TestRun run = TestRun.open(target, messenger, clock, seed)) {
      return suite.run(run, requireUp);
    }
  }

  private static RequirementResult row(RunResult result, String id) {
    return result.requirements().stream()
        .filter(row -> row.requirement().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Verdict> verdicts(RunResult result) {
    return result.requirements().stream()
        .collect(Collectors.toMap(row -> row.requirement().id(), RequirementResult::verdict));
  }

  private static Ledger ledger() {
    try (InputStream yaml = SuiteRunnerTest.class.getResourceAsStream("ledger.yaml")) {
      return Ledger.read(yaml);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
