package dev.sealcheck.conformance.report;

import dev.sealcheck.conformance.report.ClassResult.Standing;
import dev.sealcheck.conformance.requirement.Level;
import dev.sealcheck.conformance.requirement.Requirement;
import dev.sealcheck.conformance.requirement.RequirementClass;
import dev.sealcheck.conformance.verdict.Verdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run found out; every report is a face of it.
 *
 * @param suiteVersion the version of the suite
 * @param target the base address of the proxy
 * @param seed of the inputs
 * @param started when the run began
 * @param duration how long it took
 * @param requests how many requests were sent
 * @param requirements the selected rows that have tests, in the order of the ledger
 * @param excluded the selected rows that no test of today covers, in the order of the ledger
 * @param classes one entry for each class
 * @param problems errors of the suite itself that belong to no row
 */
public record RunResult(
    String suiteVersion,
    URI target,
    long seed,
    Instant started,
    Duration duration,
    long requests,
    List<RequirementResult> requirements,
    List<Requirement> excluded,
    List<ClassResult> classes,
    List<String> problems) {

  /** Copies the lists. */
  public RunResult {
    requirements = List.copyOf(requirements);
    excluded = List.copyOf(excluded);
    classes = List.copyOf(classes);
    problems = List.copyOf(problems);
  }

  /** The result in one word; never UNREACHABLE, since there is no result then. */
  public Conformance conformance() {
    if (musts(Verdict.FAIL) || musts(Verdict.HUNG)) {
      return Conformance.NOT_CONFORMANT;
    }
    boolean incomplete =
        requirements.isEmpty()
            || !problems.isEmpty()
            || musts(Verdict.NOT_RUN)
            || musts(Verdict.HARNESS_ERROR);
    return incomplete ? Conformance.INCOMPLETE : Conformance.CONFORMANT;
  }

  /** How many rows have each verdict that occurs. */
  public Map<Verdict, Long> counts() {
    return count(requirements);
  }

  /** How many rows of {@code requirementClass} have each verdict that occurs there. */
  public Map<Verdict, Long> counts(RequirementClass requirementClass) {
    return count(
        requirements.stream()
            .filter(row -> row.requirement().requirementClass() == requirementClass)
            .toList());
  }

  /** The class reached: core, core+hardened, neither, or the words for a narrowed run. */
  public String classReached() {
    Standing core = standing(RequirementClass.CORE);
    Standing hardened = standing(RequirementClass.HARDENED);
    if (core == Standing.NOT_JUDGED) {
      return "not judged: filtered";
    }
    if (core == Standing.NOT_REACHED) {
      return "neither";
    }
    return hardened == Standing.REACHED ? "core+hardened" : "core";
  }

  private Standing standing(RequirementClass requirementClass) {
    return classes.stream()
        .filter(result -> result.requirementClass() == requirementClass)
        .map(ClassResult::standing)
        .findFirst()
        .orElse(Standing.NOT_JUDGED);
  }

  private boolean musts(Verdict verdict) {
    return requirements.stream()
        .anyMatch(row -> row.requirement().level() == Level.MUST && row.verdict() == verdict);
  }

  private static Map<Verdict, Long> count(List<RequirementResult> rows) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    rows.forEach(row -> counts.merge(row.verdict(), 1L, Long::sum));
    return counts;
  }
}
