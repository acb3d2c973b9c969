package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.report.SuiteVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {

  /** Made by picocli. */
  VersionText() {}

  @Override
  public String[] getVersion() {
    return new String[] {
      "sealcheck " + SuiteVersion.current() + " (Java " + Runtime.version().feature() + ")"
    };
  }
}
