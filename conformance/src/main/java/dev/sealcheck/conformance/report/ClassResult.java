package dev.sealcheck.conformance.report;

import dev.sealcheck.conformance.requirement.RequirementClass;

/**
 * How far a class was tested and whether it is reached.
 *
 * @param rows how many rows the ledger has in that class, excluded ones included
 * @param tested how many of them this run could judge
 * @param standing whether the class is reached
 */
public record ClassResult(
    RequirementClass requirementClass, int rows, int tested, Standing standing) {

  /** Whether a class is reached. */
  public enum Standing {
    /** All selected MUSTs of the class could be judged and none is broken. */
    REACHED,
    /** At least one MUST of the class is broken or could not be judged. */
    NOT_REACHED,
    /** The run was narrowed, so nothing can be said about the whole class. */
    NOT_JUDGED
  }
}
