package dev.sealcheck.conformance.vector;

import java.util.Optional;

/**
 * What came of a case that was worked out.
 *
 * @param verdict {@code valid}, the class of the error, or what differs
 * @param decision how the protocol decides, where the file may see it otherwise
 */
record Finding(String verdict, Optional<Decision> decision) {
  /** The verdict on what is to be taken. */
  static final String VALID = "valid";

  /**
   * A rule of the protocol that goes before what a general file says.
   *
   * @param verdict what must come of the case
   * @param rule why, with its source
   */
  record Decision(String verdict, String rule) {}

  /** The bytes are what they should be. */
  static Finding valid() {
    return of(VALID);
  }

  /** A verdict that the file alone judges. */
  static Finding of(String verdict) {
    return new Finding(verdict, Optional.empty());
  }

  /** Valid where {@code holds}, else this error. */
  static Finding when(boolean holds, String error) {
    return of(holds ? VALID : error);
  }

  /** The same, where the protocol has a rule of its own for the case. */
  Finding decided(String expected, String rule) {
    return new Finding(verdict, Optional.of(new Decision(expected, rule)));
  }
}
