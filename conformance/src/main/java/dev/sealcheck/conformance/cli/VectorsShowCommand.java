package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.vector.Step;
import dev.sealcheck.conformance.vector.Value;
import dev.sealcheck.conformance.vector.VectorFile;
import dev.sealcheck.conformance.vector.VectorFileException;
import dev.sealcheck.conformance.vector.Walkthrough;
import dev.sealcheck.conformance.vector.WalkthroughPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints one case of the vectors step by step. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Works one case out step by step, as a person would by hand.",
    footer = {"", "Keys and plaintexts of vectors are public, so they are printed."})
final class VectorsShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ID",
      description = "The file and the number of the case, for instance request:1.")
  private String id;

  @Option(names = "--html", paramLabel = "FILE", description = "Writes a page to FILE instead.")
  private Optional<Path> html = Optional.empty();

  /** Made by picocli. */
  VectorsShowCommand() {}

  @Override
  public Integer call() {
    Walkthrough walkthrough = walkthrough();
    PrintWriter out = spec.commandLine().getOut();
    if (html.isPresent()) {
      try {
        Files.writeString(html.get(), WalkthroughPage.of(walkthrough));
      } catch (IOException unwritable) {
        throw new ParameterException(
            spec.commandLine(), "--html cannot be written: " + html.get(), unwritable);
      }
      out.println("written: " + html.get());
    } else {
      out.println(walkthrough.one().id());
      int number = 0;
      for (Step step : walkthrough.steps()) {
        print(out, ++number, step);
      }
    }
    out.flush();
    return 0;
  }

  private Walkthrough walkthrough() {
    int colon = id.lastIndexOf(':');
    if (colon < 1) {
      throw new ParameterException(
          spec.commandLine(), "an id is the name of a file and a number, like request:1");
    }
    try {
      return Walkthrough.of(
          VectorFile.shipped(id.substring(0, colon)).find(id.substring(colon + 1)));
    } catch (VectorFileException unknown) {
      throw new ParameterException(spec.commandLine(), unknown.getMessage(), unknown);
    }
  }

  private static void print(PrintWriter out, int number, Step step) {
    out.println();
    out.println(number + ". " + step.title());
    if (!step.rule().isEmpty()) {
      out.println("   " + step.rule());
    }
    for (Value value : step.values()) {
      String head = value.name();
      for (String line : value.lines()) {
        out.printf("   %-30s %s%n", head, Value.visible(line));
        head = "";
      }
    }
  }
}
