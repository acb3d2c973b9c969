package dev.sealcheck.conformance.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the command line can do with evidence. */
@Command(
    name = "attestation",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Checks a node's evidence, claim by claim.",
    subcommands = {
      AttestationVerifyCommand.class,
      AttestationRootCommand.class,
      AttestationVectorsCommand.class
    })
final class AttestationCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  AttestationCommand() {}

  /** Prints the short help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
