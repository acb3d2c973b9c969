package dev.sealcheck.proxy.attestation;

import java.io.IOException;

/** Says whom and what to believe, asked anew for every piece of evidence. */
@FunctionalInterface
public interface PolicySource {

  /**
   * The policy as it is now.
   *
   * @throws IOException if it cannot be read; the message says what
   */
  EvidencePolicy policy() throws IOException;
}
