package dev.sealcheck.protocol.server;

/**
 * An answer that began and cannot be finished: the connection is cut, so that the body never ends
 * cleanly (docs/PROTOCOL.md section 6).
 */
public final class AbortedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says for the log, without plaintext, why the answer was cut. */
  public AbortedException(String reason) {
    super(reason);
  }
}
