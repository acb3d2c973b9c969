package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.report.Paragraph;
import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.Requirement;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints everything the ledger says of one requirement. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Tells everything about one requirement.")
final class ExplainCommand implements Runnable {

  private static final int TEXT_WIDTH = 80;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The requirement, for instance ENC-03.")
  private String id;

  /** Made by picocli. */
  ExplainCommand() {}

  @Override
  public void run() {
    Requirement row =
        Ledger.load()
            .find(id)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "no requirement has the id " + id + "; `sealcheck list` shows all"));
    PrintWriter out = spec.commandLine().getOut();
    out.println(row.id() + "  " + row.title());
    out.println();
    print(out, "statement", row.statement());
    print(out, "level", row.level().label() + ", class " + row.requirementClass().label());
    print(out, "why", row.why());
    print(out, "fix", row.fix());
    print(out, "source", row.source() + " (" + row.tag().label() + ")");
    print(out, "role", row.role().label());
    row.partial().ifPresent(text -> print(out, "partial", text));
    row.excluded().ifPresent(text -> print(out, "excluded", text));
    if (row.tested()) {
      print(out, "test it", "sealcheck run --id " + row.id());
    }
    out.flush();
  }

  private static void print(PrintWriter out, String label, String text) {
    String head = label;
    for (String line : Paragraph.lines(text, TEXT_WIDTH)) {
      out.printf("  %-10s %s%n", head, line);
      head = "";
    }
  }
}
