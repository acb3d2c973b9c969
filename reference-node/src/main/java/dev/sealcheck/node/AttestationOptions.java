package dev.sealcheck.node;

import dev.sealcheck.node.attestation.EmulatedAuthority;
import dev.sealcheck.node.attestation.EmulatedMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the node for the evidence that it gives; a picocli mixin. */
final class AttestationOptions {

  @Option(
      names = "--emulated-gpus",
      defaultValue = "0",
      description =
          "Prove each key to the proxy by 1 or 8 emulated GPUs; 0 proves nothing (default: 0).")
  private int emulatedGpus;

  @Option(
      names = "--attestation-directory",
      description =
          "Where root.pem and allow-list.json of the emulated GPUs are written, for verifiers.")
  private Path directory;

  @Option(
      names = "--insecure-attestation-seed-file",
      description =
          "Bytes from which the emulated authority is made, the same every time; default: a fresh"
              + " authority.")
  private Path insecureSeedFile;

  /**
   * The emulated devices, whose root and allow-list are then written; empty without devices.
   *
   * @throws IOException if the seed cannot be read, or the files cannot be written
   * @throws IllegalArgumentException for a number of GPUs that no machine has, or another option
   *     without them
   */
  Optional<EmulatedMachine> machine(SecureRandom random) throws IOException {
    if (emulatedGpus == 0) {
      if (directory != null || insecureSeedFile != null) {
        throw new IllegalArgumentException("there is no evidence without --emulated-gpus");
      }
      return Optional.empty();
    }
    EmulatedAuthority authority =
        insecureSeedFile == null
            ? EmulatedAuthority.fresh(random)
            : EmulatedAuthority.ofInsecureSeed(Files.readAllBytes(insecureSeedFile));
    EmulatedMachine machine = EmulatedMachine.of(authority, emulatedGpus, random);
    if (directory != null) {
      Files.createDirectories(directory);
      write("allow-list.json", EmulatedMachine.allowList());
      write("root.pem", authority.rootPem().getBytes(StandardCharsets.US_ASCII));
    }
    return Optional.of(machine);
  }

  /** Whole or not at all: a proxy may read at any moment. */
  private void write(String name, byte[] content) throws IOException {
    Path draft = Files.createTempFile(directory, name, ".tmp");
    Files.write(draft, content);
    Files.move(draft, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
