package dev.sealcheck.conformance.verdict;

/** The target lacks the named capability, so the requirement does not apply: NOT_APPLICABLE. */
public final class NotApplicable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why, in words for the report and without secrets. */
  public NotApplicable(String capability) {
    super(capability);
  }
}
