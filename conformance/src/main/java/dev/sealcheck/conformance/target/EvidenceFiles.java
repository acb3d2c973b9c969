package dev.sealcheck.conformance.target;

import java.nio.file.Path;

/**
 * The files by which a verifier is told of emulated devices.
 *
 * @param directory where they are, or will be once the node has started
 */
record EvidenceFiles(Path directory) {

  /** The root, PEM. */
  Path root() {
    return directory.resolve("root.pem");
  }

  /** What the devices may run, JSON. */
  Path allowList() {
    return directory.resolve("allow-list.json");
  }
}
