package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.Requirement;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the ledger as a table. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Lists all requirements and whether they are tested.")
final class ListCommand implements Runnable {

  private static final String ROW = "%-8s %-6s %-8s %-8s %s%n";

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  ListCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Ledger ledger = Ledger.load();
    out.printf(Locale.ROOT, ROW, "ID", "LEVEL", "CLASS", "TODAY", "TITLE");
    for (Requirement row : ledger.rows()) {
      out.printf(
          Locale.ROOT,
          ROW,
          row.id(),
          row.level().label(),
          row.requirementClass().label(),
          today(row),
          row.title());
    }
    long tested = ledger.rows().stream().filter(Requirement::tested).count();
    out.printf(
        Locale.ROOT, "%n%d requirements, %d of them tested.%n", ledger.rows().size(), tested);
    out.println("`sealcheck explain ID` tells more about one.");
    out.flush();
  }

  /** Whether today's tests cover all of a row, a part or nothing. */
  static String today(Requirement row) {
    if (!row.tested()) {
      return "excluded";
    }
    return row.partial().isPresent() ? "partial" : "tested";
  }
}
