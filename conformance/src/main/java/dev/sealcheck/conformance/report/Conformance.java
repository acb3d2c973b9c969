package dev.sealcheck.conformance.report;

/** What a whole run says, in the order in which one outweighs the next. */
public enum Conformance {
  /** Nothing answers at the target's address. */
  UNREACHABLE("unreachable", 4),
  /** A MUST is FAIL or HUNG. */
  NOT_CONFORMANT("not conformant", 1),
  /** Nothing was selected, or a MUST could not be judged, or the suite itself had an error. */
  INCOMPLETE("incomplete", 3),
  /** None of the above. */
  CONFORMANT("conformant", 0);

  /** The exit code for wrong usage or configuration, which outweighs every result of a run. */
  public static final int USAGE_EXIT_CODE = 2;

  private final String label;
  private final int exitCode;

  Conformance(String label, int exitCode) {
    this.label = label;
    this.exitCode = exitCode;
  }

  /** The words for reports. */
  public String label() {
    return label;
  }

  /** The exit code of the process. */
  public int exitCode() {
    return exitCode;
  }
}
