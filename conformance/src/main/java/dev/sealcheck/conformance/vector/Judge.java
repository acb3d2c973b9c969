package dev.sealcheck.conformance.vector;

/** Works the cases of one type of group out. */
@FunctionalInterface
interface Judge {
  /**
   * What comes of the case.
   *
   * @throws OutOfScope if the protocol has no such parameters
   * @throws VectorFileException if a field is missing
   */
  Finding judge(VectorCase one) throws OutOfScope;
}
