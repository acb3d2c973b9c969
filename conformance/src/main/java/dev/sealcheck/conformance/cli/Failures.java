package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.report.Conformance;
import dev.sealcheck.conformance.report.Paragraph;
import dev.sealcheck.conformance.target.DeploymentException;
import dev.sealcheck.conformance.target.UnreachableException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What a command that cannot do its work prints, and the exit code it ends with. */
final class Failures {

  private Failures() {}

  /** What is wrong, a line for each error, and where the help is. */
  static int usage(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String.valueOf(wrong.getMessage())
        .lines()
        .forEach(line -> command.getErr().println("sealcheck: " + Paragraph.printable(line)));
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("Try '" + name + " --help'.");
    command.getErr().flush();
    return Conformance.USAGE_EXIT_CODE;
  }

  /** One line about anything else; a deployment that does not start may add the end of its log. */
  static int execution(Exception thrown, CommandLine command, ParseResult parsed) {
    boolean known = thrown instanceof DeploymentException || thrown instanceof UnreachableException;
    String text = known ? thrown.getMessage() : "the suite itself failed: " + thrown;
    text.lines()
        .forEach(
            line ->
                command
                    .getErr()
                    .println(
                        (line.startsWith(" ") ? "" : "sealcheck: ") + Paragraph.printable(line)));
    command.getErr().flush();
    return thrown instanceof UnreachableException
        ? Conformance.UNREACHABLE.exitCode()
        : Conformance.INCOMPLETE.exitCode();
  }
}
