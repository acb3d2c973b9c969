package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.attestation.emulated.EvidenceVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the vectors of good and bad evidence. */
@Command(
    name = "vectors",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Writes vectors/attestation, for those who change its cases.")
final class AttestationVectorsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "vectors/attestation",
      description = "Where to, ${DEFAULT-VALUE} by default.")
  private Path out;

  /** Made by picocli. */
  AttestationVectorsCommand() {}

  @Override
  public Integer call() {
    for (Map.Entry<String, String> file : EvidenceVectors.files().entrySet()) {
      Path path = out.resolve(file.getKey());
      try {
        Files.writeString(path, file.getValue());
      } catch (IOException e) {
        throw new ParameterException(
            spec.commandLine(),
            "--out cannot be written: " + path + " (without it, call this at the root)",
            e);
      }
      spec.commandLine().getOut().println("written: " + path);
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
