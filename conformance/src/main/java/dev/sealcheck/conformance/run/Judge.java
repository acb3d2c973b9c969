package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.report.ClassResult;
import dev.sealcheck.conformance.report.ClassResult.Standing;
import dev.sealcheck.conformance.report.RequirementResult;
import dev.sealcheck.conformance.report.RunResult;
import dev.sealcheck.conformance.report.SuiteVersion;
import dev.sealcheck.conformance.report.TestResult;
import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.Level;
import dev.sealcheck.conformance.requirement.Requirement;
import dev.sealcheck.conformance.requirement.RequirementClass;
import dev.sealcheck.conformance.target.CheckRecord;
import dev.sealcheck.conformance.target.Finding;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what the engines reported into verdicts of tests, rows and classes. */
final class Judge {

  private final Ledger ledger;
  private final Selection selection;
  private final TestRun run;
  private final Map<String, List<TestResult>> testsById = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  Judge(Ledger ledger, Selection selection, TestRun run) {
    this.ledger = ledger;
    this.selection = selection;
    this.run = run;
  }

  /** Adds an error of the suite that belongs to no row. */
  void problem(String text) {
    problems.add(text);
  }

  /** Adds a test, which the engine may never have reported. */
  void test(PlannedTest test, Optional<TestReport> report) {
    Optional<Requirement> row =
        test.tags().requirementId().flatMap(ledger::find).filter(Requirement::tested);
    Optional<String> tagProblem = test.tags().problem(ledger);
    if (row.isEmpty()) {
      problem(test.key().location() + ": " + tagProblem.orElse("belongs to no requirement"));
      return;
    }
    Outcome outcome =
        tagProblem
            .map(text -> Outcome.of(Verdict.HARNESS_ERROR, text))
            .orElseGet(() -> outcome(test, report, row.get().level()));
    TestResult result =
        new TestResult(
            test.name(),
            test.key().location(),
            outcome.verdict(),
            outcome.reason(),
            outcome.expected(),
            outcome.seen(),
            report.map(TestReport::duration).orElse(Duration.ZERO).toMillis());
    testsById.computeIfAbsent(row.get().id(), id -> new ArrayList<>()).add(result);
  }

  /** The result of everything added so far. */
  RunResult result(Instant started, Duration duration) {
    Map<String, List<Finding>> warnings = run.warnings();
    warnings.keySet().stream()
        .filter(id -> ledger.find(id).isEmpty())
        .forEach(id -> problem("a warning names the unknown requirement " + id));
    List<RequirementResult> rows = new ArrayList<>();
    List<Requirement> excluded = new ArrayList<>();
    for (Requirement requirement : ledger.rows()) {
      List<TestResult> tests = testsById.getOrDefault(requirement.id(), List.of());
      boolean selected =
          selection.includes(requirement) && !(selection.byTags() && tests.isEmpty());
      if (selected && requirement.tested()) {
        RequirementResult row =
            RowVerdict.of(
                requirement, sorted(tests), warnings.getOrDefault(requirement.id(), List.of()));
        Optional<Finding> refutation = Optional.ofNullable(run.refutations().get(requirement.id()));
        rows.add(refutation.map(seen -> RowVerdict.refuted(row, seen)).orElse(row));
      } else if (selected) {
        excluded.add(requirement);
      }
    }
    return new RunResult(
        SuiteVersion.current(),
        run.target().address(),
        run.seed(),
        started,
        duration,
        run.requests(),
        rows,
        excluded,
        Arrays.stream(RequirementClass.values()).map(one -> classResult(one, rows)).toList(),
        problems);
  }

  private Outcome outcome(PlannedTest test, Optional<TestReport> report, Level level) {
    if (report.isEmpty()) {
      return Outcome.of(Verdict.NOT_RUN, "the engine found this test and never reported it");
    }
    if (report.get().skipped().isPresent()) {
      return Outcome.of(Verdict.NOT_RUN, "the engine skipped it: " + report.get().skipped().get());
    }
    if (report.get().thrown().isPresent()) {
      return Outcome.ofThrowable(report.get().thrown().get(), level);
    }
    Optional<CheckRecord> check = run.record(test.key());
    if (check.isEmpty() || check.get().sealedExchanges() == 0) {
      return Outcome.of(
          Verdict.NOT_RUN, "nothing was refuted, but no sealed exchange was completed either");
    }
    return check.get().findings().stream()
        .findFirst()
        .map(
            finding ->
                new Outcome(
                    Verdict.WARN, RowVerdict.text(finding), finding.expected(), finding.seen()))
        .orElseGet(() -> Outcome.of(Verdict.PASS, ""));
  }

  private ClassResult classResult(RequirementClass requirementClass, List<RequirementResult> rows) {
    List<RequirementResult> own =
        rows.stream()
            .filter(row -> row.requirement().requirementClass() == requirementClass)
            .toList();
    long inLedger =
        ledger.rows().stream().filter(row -> row.requirementClass() == requirementClass).count();
    long tested = own.stream().filter(RequirementResult::judged).count();
    return new ClassResult(
        requirementClass, (int) inLedger, (int) tested, standing(requirementClass, own));
  }

  private Standing standing(RequirementClass requirementClass, List<RequirementResult> own) {
    if (!selection.coversWholeClasses() || !selection.covers(requirementClass)) {
      return Standing.NOT_JUDGED;
    }
    List<Verdict> musts =
        own.stream()
            .filter(row -> row.requirement().level() == Level.MUST)
            .map(RequirementResult::verdict)
            .toList();
    boolean reached =
        problems.isEmpty()
            && musts.contains(Verdict.PASS)
            && musts.stream().noneMatch(RowVerdict::preventsClass);
    return reached ? Standing.REACHED : Standing.NOT_REACHED;
  }

  private static List<TestResult> sorted(List<TestResult> tests) {
    return tests.stream()
        .sorted(Comparator.comparing(TestResult::location).thenComparing(TestResult::name))
        .toList();
  }
}
