package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.RequirementsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the pages of the documentation that are made from what the suite carries. */
@Command(
    name = "docs",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Writes docs/REQUIREMENTS.md from the ledger, for those who change the ledger.")
final class DocsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "docs/REQUIREMENTS.md",
      description = "Where to, ${DEFAULT-VALUE} by default.")
  private Path out;

  /** Made by picocli. */
  DocsCommand() {}

  @Override
  public Integer call() {
    try {
      Files.writeString(out, RequirementsPage.markdown(Ledger.load()));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--out cannot be written: " + out + " (without it, call this at the repository's root)",
          e);
    }
    spec.commandLine().getOut().println("written: " + out);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
