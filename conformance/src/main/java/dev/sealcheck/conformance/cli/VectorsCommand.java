package dev.sealcheck.conformance.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the command line can do with known-answer vectors. */
@Command(
    name = "vectors",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Works known-answer vectors out with the suite's own client.",
    subcommands = {VectorsVerifyCommand.class, VectorsShowCommand.class})
final class VectorsCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  VectorsCommand() {}

  /** Prints the short help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
