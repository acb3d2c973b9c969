package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.attestation.emulated.EmulatedMachine;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.target.SuiteDevices;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes what a proxy under test must be told of the devices of the suite's own nodes. */
@Command(
    name = "root",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Writes root.pem and allow-list.json of the emulated devices by which the suite's own nodes",
      "prove their keys, for a proxy that is to be tested with them (docs/PROFILE.md)."
    })
final class AttestationRootCommand implements Callable<Integer> {

  private static final int LEAST_SEED_BYTES = 16;
  private static final long MOST_SEED_BYTES = 1 << 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seed-file",
      paramLabel = "FILE",
      required = true,
      description =
          "At least 16 random bytes, kept secret; the profile's attestation.scripted_seed_file.")
  private Path seedFile;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to.")
  private Path out;

  /** Made by picocli. */
  AttestationRootCommand() {}

  @Override
  public Integer call() {
    SuiteDevices devices = SuiteDevices.of(Optional.of(seed()), SuiteClock.system());
    Map<String, Bytes> files =
        Map.of("root.pem", devices.rootPem(), "allow-list.json", EmulatedMachine.allowListJson());
    try {
      for (Map.Entry<String, Bytes> file : files.entrySet()) {
        Files.write(out.resolve(file.getKey()), file.getValue().toArray());
      }
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--out is no directory that can be written: " + out, e);
    }
    spec.commandLine().getOut().println("written: root.pem and allow-list.json in " + out);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Bytes seed() {
    try {
      long size = Files.size(seedFile);
      if (size < LEAST_SEED_BYTES || size > MOST_SEED_BYTES) {
        throw new ParameterException(
            spec.commandLine(), "--seed-file: 16 bytes to 1 MiB, got " + size);
      }
      return Bytes.owning(Files.readAllBytes(seedFile));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--seed-file cannot be read: " + seedFile, e);
    }
  }
}
