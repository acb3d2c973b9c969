package dev.sealcheck.node;

import java.io.IOException;

/** The proxy answered a registration, and not with success. */
final class RefusedRegistration extends IOException {
  private static final long serialVersionUID = 1L;

  /** A refusal with that HTTP status. */
  RefusedRegistration(int status) {
    super("the proxy refused the registration with status " + status);
  }
}
