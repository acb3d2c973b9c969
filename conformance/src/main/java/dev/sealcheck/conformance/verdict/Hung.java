package dev.sealcheck.conformance.verdict;

/** The target did not do the awaited thing within the time limit: HUNG. */
public final class Hung extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why, in words for the report and without secrets. */
  public Hung(String awaited) {
    super(awaited);
  }
}
