package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.report.Paragraph;
import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.Requirement;
import dev.sealcheck.conformance.run.FoundTest;
import dev.sealcheck.conformance.run.Selection;
import dev.sealcheck.conformance.run.SuiteRunner;
import dev.sealcheck.conformance.run.SuiteSources;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints everything the suite knows of one requirement. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Tells everything about one requirement: rule, reason, source, checks, repair.")
final class ExplainCommand implements Runnable {

  private static final int TEXT_WIDTH = 80;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The requirement, for instance ENC-03.")
  private String id;

  /** Made by picocli. */
  ExplainCommand() {}

  @Override
  public void run() {
    Ledger ledger = Ledger.load();
    Requirement row =
        ledger
            .find(id.toUpperCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "no requirement has the id " + id + "; `sealcheck list` shows all"));
    List<FoundTest> tests = row.tested() ? tests(ledger, row) : List.of();
    PrintWriter out = spec.commandLine().getOut();
    out.println(row.id() + "  " + row.title());
    out.println();
    print(out, "statement", row.statement());
    print(out, "why", row.why());
    print(out, "level", row.level().label() + ": " + row.level().meaning());
    print(out, "class", row.requirementClass().label() + ": " + row.requirementClass().meaning());
    print(out, "tag", row.tag().label() + ": " + row.tag().meaning());
    print(out, "source", row.source());
    out.println();
    print(out, "role", row.role().label() + ": " + row.role().meaning());
    print(out, "needs", needs(row, tests));
    row.excluded().ifPresent(text -> print(out, "not tested", text));
    printAll(out, "tested by", TestNames.lines(tests));
    row.partial().ifPresent(text -> print(out, "untested", text));
    out.println();
    print(out, "fix", row.fix());
    if (row.tested()) {
      print(out, "test it", "sealcheck run --id " + row.id());
    }
    out.flush();
  }

  private static List<FoundTest> tests(Ledger ledger, Requirement row) {
    Selection selection =
        Selection.of(Optional.empty(), List.of(row.id()), Optional.empty(), ledger);
    return new SuiteRunner(ledger, SuiteSources.shipped()).discover(selection, 1).tests();
  }

  private static String needs(Requirement row, List<FoundTest> tests) {
    String needs = row.role().needs() + row.needs().map(text -> "; " + text).orElse("");
    List<String> permissions =
        Arrays.stream(Permission.values())
            .map(Permission::word)
            .filter(word -> tests.stream().anyMatch(test -> test.tags().contains(word)))
            .toList();
    return permissions.isEmpty()
        ? needs
        : needs + "; leave to do so (profile: allow: [" + String.join(", ", permissions) + "])";
  }

  private static void printAll(PrintWriter out, String label, List<String> texts) {
    String head = label;
    for (String text : texts) {
      print(out, head, text);
      head = "";
    }
  }

  private static void print(PrintWriter out, String label, String text) {
    String head = label;
    for (String line : Paragraph.lines(text, TEXT_WIDTH)) {
      out.printf("  %-10s %s%n", head, line);
      head = "";
    }
  }
}
