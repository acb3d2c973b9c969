package dev.sealcheck.conformance.report;

import dev.sealcheck.conformance.requirement.Requirement;
import dev.sealcheck.conformance.verdict.Verdict;
import java.util.List;

/**
 * How a requirement came out.
 *
 * @param reason why the verdict is what it is; empty for a plain PASS
 * @param tests the tests of it that were run, by name
 */
public record RequirementResult(
    Requirement requirement, Verdict verdict, String reason, List<TestResult> tests) {

  /** Copies the list. */
  public RequirementResult {
    tests = List.copyOf(tests);
  }

  /** True where the tests could tell something about the target. */
  public boolean judged() {
    return switch (verdict) {
      case PASS, FAIL, WARN, INFO -> true;
      case NOT_APPLICABLE, NOT_RUN, HUNG, HARNESS_ERROR -> false;
    };
  }
}
