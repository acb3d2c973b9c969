package dev.sealcheck.conformance.verdict;

/**
 * The target was seen to break the requirement; FAIL for a MUST, WARN for a SHOULD, INFO for a MAY.
 */
public final class CheckFailed extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String seen;

  /**
   * A failed check in two sentences a reader can compare.
   *
   * @param expected what the requirement asks for, without secrets
   * @param seen what the target did, without secrets
   */
  public CheckFailed(String expected, String seen) {
    super("expected " + expected + "; seen " + seen);
    this.expected = expected;
    this.seen = seen;
  }

  /** What the requirement asks for. */
  public String expected() {
    return expected;
  }

  /** What the target did. */
  public String seen() {
    return seen;
  }
}
