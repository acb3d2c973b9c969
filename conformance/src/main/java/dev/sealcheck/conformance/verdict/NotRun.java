package dev.sealcheck.conformance.verdict;

/** The check could say nothing about the target, for the given reason: NOT_RUN. */
public final class NotRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why, in words for the report and without secrets. */
  public NotRun(String reason) {
    super(reason);
  }
}
