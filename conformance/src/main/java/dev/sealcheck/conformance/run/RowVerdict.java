package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.report.RequirementResult;
import dev.sealcheck.conformance.report.TestResult;
import dev.sealcheck.conformance.requirement.Requirement;
import dev.sealcheck.conformance.target.Finding;
import dev.sealcheck.conformance.verdict.Verdict;
import java.util.Comparator;
import java.util.List;

/** The verdict of a row from those of its tests: the worst one counts. */
final class RowVerdict {

  /** Worst first. A row with nothing worse passes where one test does, and else does not apply. */
  private static final List<Verdict> WORST_FIRST =
      List.of(
          Verdict.FAIL,
          Verdict.HUNG,
          Verdict.HARNESS_ERROR,
          Verdict.NOT_RUN,
          Verdict.WARN,
          Verdict.INFO,
          Verdict.PASS,
          Verdict.NOT_APPLICABLE);

  private RowVerdict() {}

  /**
   * The row's result.
   *
   * @param warnings noted about the row by tests of any row; they turn a PASS into a WARN
   */
  static RequirementResult of(
      Requirement requirement, List<TestResult> tests, List<Finding> warnings) {
    Verdict worst =
        tests.stream()
            .map(TestResult::verdict)
            .min(Comparator.comparingInt(WORST_FIRST::indexOf))
            .orElse(Verdict.NOT_RUN);
    if (tests.isEmpty()) {
      return row(requirement, Verdict.NOT_RUN, "no test of it was found", tests);
    }
    if (!warnings.isEmpty()
        && WORST_FIRST.indexOf(worst) > WORST_FIRST.indexOf(Verdict.WARN)
        && worst != Verdict.NOT_APPLICABLE) {
      return row(requirement, Verdict.WARN, text(warnings.get(0)), tests);
    }
    return row(requirement, worst, reason(worst, tests), tests);
  }

  /** The same row, where the tests of other rows have seen it broken. */
  static RequirementResult refuted(RequirementResult row, Finding seen) {
    Verdict broken = Outcome.broken(row.requirement().level());
    boolean known = WORST_FIRST.indexOf(row.verdict()) <= WORST_FIRST.indexOf(broken);
    return known ? row : row(row.requirement(), broken, text(seen), row.tests());
  }

  /** True where a MUST with that verdict keeps its class from being reached. */
  static boolean preventsClass(Verdict verdict) {
    return switch (verdict) {
      case FAIL, HUNG, NOT_RUN, HARNESS_ERROR -> true;
      case PASS, WARN, INFO, NOT_APPLICABLE -> false;
    };
  }

  /** A finding in one sentence. */
  static String text(Finding finding) {
    return "expected " + finding.expected() + "; seen " + finding.seen();
  }

  private static String reason(Verdict worst, List<TestResult> tests) {
    if (worst == Verdict.PASS) {
      long without =
          tests.stream().filter(test -> test.verdict() == Verdict.NOT_APPLICABLE).count();
      return without == 0 ? "" : without + " of " + tests.size() + " tests did not apply";
    }
    return tests.stream()
        .filter(test -> test.verdict() == worst)
        .map(TestResult::reason)
        .findFirst()
        .orElse("");
  }

  private static RequirementResult row(
      Requirement requirement, Verdict verdict, String reason, List<TestResult> tests) {
    return new RequirementResult(requirement, verdict, reason, tests);
  }
}
