package dev.sealcheck.conformance.integration;

import java.util.function.Supplier;

/**
 * A defect for the man in the middle, and the requirement that it breaks.
 *
 * @param tamper makes a new one, with no state of an earlier run
 */
record Defect(String requirementId, String name, Supplier<Tamper> tamper) {

  @Override
  public String toString() {
    return requirementId + ": " + name;
  }
}
