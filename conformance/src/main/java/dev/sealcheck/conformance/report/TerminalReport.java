package dev.sealcheck.conformance.report;

import dev.sealcheck.conformance.requirement.Requirement;
import dev.sealcheck.conformance.verdict.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The result of a run for people at a terminal: what is wrong first, the verdict last. */
public final class TerminalReport {

  private static final int WIDTH = 96;
  private static final int LABEL_WIDTH = 15;
  private static final int TESTS_LIMIT = 5;

  private final PrintWriter out;

  /** A report that goes to {@code out}. */
  public TerminalReport(PrintWriter out) {
    this.out = out;
  }

  /** Prints one block for each row that is no plain PASS, then the verdict in a few lines. */
  public void print(RunResult result) {
    for (RequirementResult row : result.requirements()) {
      if (row.verdict() == Verdict.NOT_APPLICABLE) {
        line(
            "%-14s %s  %s: %s",
            label(row.verdict()), row.requirement().id(), row.requirement().title(), row.reason());
      } else if (row.verdict() != Verdict.PASS) {
        block(row, result.seed());
      }
    }
    for (String problem : result.problems()) {
      out.println();
      line("%-14s in the suite, outside of any requirement", label(Verdict.HARNESS_ERROR));
      labelled("reason", problem);
    }
    summary(result);
    out.flush();
  }

  private void block(RequirementResult row, long seed) {
    Requirement requirement = row.requirement();
    out.println();
    line(
        "%-14s %s  %s (%s, %s)",
        label(row.verdict()),
        requirement.id(),
        requirement.title(),
        requirement.level().label(),
        requirement.requirementClass().label());
    labelled("", requirement.statement());
    List<TestResult> tests =
        row.tests().stream().filter(test -> test.verdict() == row.verdict()).toList();
    tests.stream().limit(TESTS_LIMIT).forEach(this::test);
    if (tests.size() > TESTS_LIMIT) {
      labelled("", "and " + (tests.size() - TESTS_LIMIT) + " more that ended alike");
    }
    if (tests.isEmpty()) {
      labelled("reason", row.reason());
    }
    labelled("more", "sealcheck explain " + requirement.id());
    labelled("again", "sealcheck run … --id " + requirement.id() + " --seed " + seed);
  }

  private void test(TestResult test) {
    labelled("check", test.name() + " (" + test.location() + ")");
    if (test.expected().isEmpty() && test.seen().isEmpty()) {
      labelled("reason", test.reason());
    } else {
      labelled("expected", test.expected());
      labelled("seen", test.seen());
    }
  }

  private void summary(RunResult result) {
    out.println();
    line(
        "%s, class: %s (%s)",
        result.conformance().label().toUpperCase(Locale.ROOT),
        result.classReached(),
        result.classes().stream()
            .map(
                one ->
                    "%s, %d of %d tested"
                        .formatted(one.requirementClass().label(), one.tested(), one.rows()))
            .collect(Collectors.joining("; ")));
    for (ClassResult one : result.classes()) {
      line(
          "  %-9s %s%s",
          one.requirementClass().label(),
          counts(result.counts(one.requirementClass())),
          standing(one));
    }
    line(
        "  %s, %s, %.1f s, seed %d",
        Paragraph.counted(
            result.requirements().stream().mapToInt(row -> row.tests().size()).sum(), "test"),
        Paragraph.counted(result.requests(), "request"),
        result.duration().toMillis() / 1000.0,
        result.seed());
    if (!result.excluded().isEmpty()) {
      line(
          "  %s of the ledger not tested in this version; `sealcheck list` shows them",
          Paragraph.counted(result.excluded().size(), "row"));
    }
    long partial =
        result.requirements().stream()
            .filter(row -> row.requirement().partial().isPresent())
            .count();
    if (partial > 0) {
      line(
          "  %s tested in part only; `sealcheck explain ID` says which part",
          Paragraph.counted(partial, "row"));
    }
  }

  private static String standing(ClassResult one) {
    return switch (one.standing()) {
      case REACHED -> "";
      case NOT_REACHED -> " (not reached)";
      case NOT_JUDGED -> " (not judged: filtered)";
    };
  }

  private static String counts(Map<Verdict, Long> counts) {
    return counts.isEmpty()
        ? "nothing tested"
        : counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + label(entry.getKey()))
            .collect(Collectors.joining(", "));
  }

  private static String label(Verdict verdict) {
    return verdict.name().replace('_', ' ');
  }

  private void labelled(String label, String text) {
    String head = label;
    for (String part : Paragraph.lines(text, WIDTH - LABEL_WIDTH - 10)) {
      out.println(" ".repeat(LABEL_WIDTH) + String.format("%-9s ", head) + part);
      head = "";
    }
  }

  private void line(String format, Object... arguments) {
    out.println(Paragraph.printable(String.format(Locale.ROOT, format, arguments)));
  }
}
