package dev.sealcheck.conformance.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code sealcheck} command. */
@Command(
    name = "sealcheck",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Tests whether a confidential chat completion service keeps its promise.",
    footer = {
      "",
      "First steps:",
      "  sealcheck run                                   judge the reference deployment",
      "  sealcheck run --proxy URL --token-file FILE     judge yours",
      "  sealcheck serve                                 run one to try a client on",
      "",
      "Exit codes: 0 conformant, 1 a MUST is broken, 2 wrong usage, 3 incomplete,",
      "4 target unreachable."
    },
    subcommands = {
      RunCommand.class,
      ServeCommand.class,
      ListCommand.class,
      ExplainCommand.class,
      AttestationCommand.class,
      VectorsCommand.class,
      DocsCommand.class,
      HelpCommand.class
    })
public final class SealcheckMain implements Runnable {

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  SealcheckMain() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Libraries log what the suite reports itself, and they would do it on the standard error.
    LogManager.getLogManager().reset();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(execute(out, err, arguments));
  }

  /** Runs the command line and returns its exit code. */
  static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine commands = new CommandLine(new SealcheckMain());
    commands.setOut(out);
    commands.setErr(err);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setParameterExceptionHandler(Failures::usage);
    commands.setExecutionExceptionHandler(Failures::execution);
    return commands.execute(arguments);
  }

  /** Prints the short help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
