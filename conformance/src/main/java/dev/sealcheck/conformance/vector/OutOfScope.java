package dev.sealcheck.conformance.vector;

/** A case that asks for what the protocol does not have; the message is the same for all alike. */
final class OutOfScope extends Exception {
  private static final long serialVersionUID = 1L;

  OutOfScope(String reason) {
    super(reason);
  }
}
