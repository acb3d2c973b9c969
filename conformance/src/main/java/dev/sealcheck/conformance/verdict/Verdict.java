package dev.sealcheck.conformance.verdict;

/** How a check, and by the worst of its checks a requirement, came out. Only PASS is a pass. */
public enum Verdict {
  /**
   * The target does what the requirement says, and a sealed exchange proved that it does anything.
   */
  PASS,
  /** The target breaks a MUST. */
  FAIL,
  /**
   * The target breaks a SHOULD, or answers a refusal with another status or code than the table.
   */
  WARN,
  /** The target does not do what a MAY describes. */
  INFO,
  /** The target lacks, or did not declare, the capability that the check needs. */
  NOT_APPLICABLE,
  /** The check could not say anything, for instance because a twin that must succeed failed. */
  NOT_RUN,
  /** The target gave no answer within the time limit of the check. */
  HUNG,
  /** The suite itself is wrong; says nothing about the target. */
  HARNESS_ERROR
}
