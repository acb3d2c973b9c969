package dev.sealcheck.conformance.report;

/** The version of the suite that runs. */
public final class SuiteVersion {

  private SuiteVersion() {}

  /** The version in the manifest of the suite's jar; "development" where it runs from classes. */
  public static String current() {
    String version = SuiteVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
