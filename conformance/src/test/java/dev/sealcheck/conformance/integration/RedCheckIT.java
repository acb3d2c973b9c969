package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.report.RequirementResult;
import dev.sealcheck.conformance.report.RunResult;
import dev.sealcheck.conformance.report.TestResult;
import dev.sealcheck.conformance.requirement.Level;
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
import java.util.stream.Collectors;
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

  /** Most checks of that run want a user without open locks, and would wait for one. */
  private static final int USERS_WITHOUT_DEFECT = 40;

  private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(15);

  /** What a check of a server that falls silent waits for. */
  private static final Duration SHORT_EXCHANGE_LIMIT = Duration.ofSeconds(2);

  private static final Duration CHECK_LIMIT = Duration.ofSeconds(60);

  private static SeenRed elsewhere;

  private static ReferenceDeployment reference;
  private static int usersTaken;

  /** Each defect runs once, for whichever test asks first. */
  private static final Map<Defect, RequirementResult> ROWS = new HashMap<>();

  @BeforeAll
  static void startReference() throws InterruptedException, IOException {
    elsewhere = SeenRed.load();
    reference =
        ReferenceDeployment.start(
            USERS_PER_RUN * DEFECTS.size() + USERS_WITHOUT_DEFECT,
            Optional.empty(),
            SuiteClock.system());
  }

  @AfterAll
  static void stopReference() {
    if (reference != null) {
      reference.close();
    }
  }

  @Test
  void everyRowPassesThroughAManInTheMiddleWhoChangesNothing() throws Exception {
    Selection broken =
        Selection.of(
            Optional.empty(), List.copyOf(brokenIds()), Optional.empty(), InProcess.LEDGER);

    RunResult result = run(Tampers.none(), broken, EXCHANGE_LIMIT, USERS_WITHOUT_DEFECT);

    assertThat(result.problems()).isEmpty();
    assertThat(result.requirements())
        .hasSameSizeAs(brokenIds())
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

    assertThat(row.verdict()).as(row.reason()).matches(verdict -> isRed(row, verdict));
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
  void everyRequirementHasADefectOrWasSeenRedElsewhere() {
    Set<String> all = new TreeSet<>(brokenIds());
    all.addAll(elsewhere.rows());

    assertThat(all).containsAll(InProcess.testedIds());
    assertThat(elsewhere.where().keySet())
        .allSatisfy(key -> assertThat(InProcess.LEDGER.find(key.split(" ", 2)[0])).isPresent());
    assertThat(elsewhere.rows()).doesNotContainAnyElementsOf(brokenIds());
    assertThat(elsewhere.where().values()).allSatisfy(where -> assertThat(where).isNotBlank());
  }

  @Test
  void everySingleCheckHasBeenSeenRed() throws Exception {
    Set<String> never = new TreeSet<>();
    Set<String> red = new TreeSet<>();
    for (Defect defect : DEFECTS) {
      RequirementResult row = row(defect);
      for (TestResult test : row.tests()) {
        String check = defect.requirementId() + " " + test.name() + " (" + test.location() + ")";
        if (isRed(row, test.verdict())) {
          red.add(check);
        } else if (test.verdict() != Verdict.NOT_APPLICABLE
            && !elsewhere.covers(defect.requirementId(), test.name())) {
          never.add(check);
        }
      }
    }
    never.removeAll(red);

    assertThat(red).isNotEmpty();
    assertThat(never).isEmpty();
  }

  private static Set<String> brokenIds() {
    return DEFECTS.stream()
        .map(Defect::requirementId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A SHOULD that is broken is a WARN. */
  private static boolean isRed(RequirementResult row, Verdict verdict) {
    return RED.contains(verdict)
        || (verdict == Verdict.WARN && row.requirement().level() == Level.SHOULD);
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
        InProcess.row(run(defect.tamper().get(), InProcess.only(id), limit, USERS_PER_RUN), id);
    ROWS.put(defect, row);
    return row;
  }

  private static RunResult run(
      Tamper tamper, Selection selection, Duration exchangeLimit, int userCount)
      throws IOException, InterruptedException, UnreachableException {
    List<TestUser> users = reference.users().subList(usersTaken, usersTaken + userCount);
    usersTaken += userCount;
    InProcess suite = new InProcess(exchangeLimit, CHECK_LIMIT);
    try (TamperingProxy middle = new TamperingProxy(reference.proxy(), tamper)) {
      return suite.run(middle.address(), users, selection, Optional.empty());
    }
  }
}
