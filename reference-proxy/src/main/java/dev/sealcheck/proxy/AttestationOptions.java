package dev.sealcheck.proxy;

import dev.sealcheck.proxy.attestation.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of the proxy for the evidence of nodes; a picocli mixin. */
final class AttestationOptions {

  @Option(
      names = "--attestation-root",
      split = ",",
      description =
          "PEM file with the root under which devices must be certified; repeatable. With a root,"
              + " only nodes are offered whose evidence for their current key was accepted.")
  private List<Path> roots = List.of();

  @Option(
      names = "--insecure-emulated-root",
      split = ",",
      description =
          "As --attestation-root, for an emulated authority, whose evidence proves nothing; read"
              + " for each piece of evidence, so that it may be written later.")
  private List<Path> insecureEmulatedRoots = List.of();

  @Option(
      names = "--attestation-allow-list",
      split = ",",
      description =
          "JSON file with driver, vbios and measurements of devices that may serve; repeatable;"
              + " read for each piece of evidence.")
  private List<Path> allowLists = List.of();

  /** Whether nodes must prove their keys. */
  boolean isProofRequired() {
    return !roots.isEmpty() || !insecureEmulatedRoots.isEmpty();
  }

  /**
   * Whom and what to believe.
   *
   * @throws IOException if a root that is not emulated cannot be read, or is emulated after all
   * @throws IllegalArgumentException if there is a root and no allow-list, or the other way round
   */
  PolicyFiles policies() throws IOException {
    if (isProofRequired() == allowLists.isEmpty()) {
      throw new IllegalArgumentException(
          "--attestation-allow-list and a root belong together: one is given without the other");
    }
    PolicyFiles files = new PolicyFiles(roots, insecureEmulatedRoots, allowLists);
    files.requireRealRoots();
    return files;
  }
}
