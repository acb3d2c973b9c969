package dev.sealcheck.node;

import java.io.IOException;

/** The proxy answered a registration, and not with success. */
final class RefusedRegistration extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /** A refusal with that HTTP status. */
  RefusedRegistration(int status) {
    super("the proxy refused the registration with status " + status);
    this.status = status;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }
}
