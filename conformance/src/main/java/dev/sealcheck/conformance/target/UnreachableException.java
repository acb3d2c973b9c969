package dev.sealcheck.conformance.target;

import java.net.URI;

/** Nothing that speaks HTTP answers at the target's address. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says which address did not answer, and what was seen instead. */
  public UnreachableException(URI address, String reason) {
    super("no HTTP answer from " + address + ": " + reason);
  }
}
