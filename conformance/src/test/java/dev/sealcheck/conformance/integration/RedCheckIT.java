package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.report.RequirementResult;
import dev.sealcheck.conformance.report.RunResult;
import dev.sealcheck.conformance.report.TestResult;
import dev.sealcheck.conformance.run.Selection;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.target.UnreachableException;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No check is decoration: each turns red for a deployment with a defect that it looks for. */
class RedCheckIT {

  private static final Set<Verdict> RED = Set.of(Verdict.FAIL, Verdict.HUNG);
  private static final List<Defect> DEFECTS = Defects.all();

  /** Users of a run are new to it: an open lock of an earlier run would serve a later one. */
  private static final int USERS_PER_RUN = 8;

  private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(15);

  /** What a check of a server that falls silent waits for. */
  private static final Duration SHORT_EXCHANGE_LIMIT = Duration.ofSeconds(2);

  private static final Duration CHECK_LIMIT = Duration.ofSeconds(60);

  private static ReferenceDeployment reference;
  private static int usersTaken;

  /** Each defect runs once, for whichever test asks first. */
  private static final Map<Defect, RequirementResult> ROWS = new HashMap<>();

  @BeforeAll
  static void startReference() throws InterruptedException {
    reference =
        ReferenceDeployment.start(
            USERS_PER_RUN * (DEFECTS.size() + 1), Optional.empty(), SuiteClock.system());
  }

  @AfterAll
  static void stopReference() {
    if (reference != null) {
      reference.close();
    }
  }

  @Test
  void everyRowPassesThroughAManInTheMiddleWhoChangesNothing() throws Exception {
    RunResult result = run(Tampers.none(), Selection.everything(), EXCHANGE_LIMIT);

    assertThat(result.problems()).isEmpty();
    assertThat(result.requirements())
        .hasSize(InProcess.testedIds().size())
        .allSatisfy(
            row ->
                assertThat(row.verdict())
                    .as(row.requirement().id() + ": " + row.reason())
                    .isEqualTo(Verdict.PASS));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void turnsRed(Defect defect) throws Exception {
    RequirementResult row = row(defect);

    assertThat(row.verdict()).as(row.reason()).isIn(RED);
    assertThat(row.reason()).isNotBlank();
    assertThat(row.tests())
        .filteredOn(test -> test.verdict() == Verdict.FAIL)
        .allSatisfy(
            test -> {
              assertThat(test.expected()).as(test.name()).isNotBlank();
              assertThat(test.seen()).as(test.name()).isNotBlank();
            });
  }

  @Test
  void everyRequirementHasADefect() {
    assertThat(DEFECTS.stream().map(Defect::requirementId).distinct())
        .containsExactlyInAnyOrderElementsOf(InProcess.testedIds());
  }

  @Test
  void everySingleCheckHasBeenSeenRed() throws Exception {
    Set<String> all = new TreeSet<>();
    Set<String> red = new TreeSet<>();
    for (Defect defect : DEFECTS) {
      for (TestResult test : row(defect).tests()) {
        String check = defect.requirementId() + " " + test.name() + " (" + test.location() + ")";
        all.add(check);
        if (test.verdict() == Verdict.FAIL) {
          red.add(check);
        }
      }
    }

    assertThat(red).isNotEmpty().containsExactlyElementsOf(all);
  }

  private static List<Defect> defects() {
    return DEFECTS;
  }

  private static RequirementResult row(Defect defect) throws Exception {
    RequirementResult known = ROWS.get(defect);
    if (known != null) {
      return known;
    }
    String id = defect.requirementId();
    Duration limit = id.equals("ERR-10") ? SHORT_EXCHANGE_LIMIT : EXCHANGE_LIMIT;
    RequirementResult row =
        InProcess.row(run(defect.tamper().get(), InProcess.only(id), limit), id);
    ROWS.put(defect, row);
    return row;
  }

  private static RunResult run(Tamper tamper, Selection selection, Duration exchangeLimit)
      throws IOException, InterruptedException, UnreachableException {
    List<TestUser> users = reference.users().subList(usersTaken, usersTaken + USERS_PER_RUN);
    usersTaken += USERS_PER_RUN;
    InProcess suite = new InProcess(exchangeLimit, CHECK_LIMIT);
    try (TamperingProxy middle = new TamperingProxy(reference.proxy(), tamper)) {
      return suite.run(middle.address(), users, selection, Optional.empty());
    }
  }
}
