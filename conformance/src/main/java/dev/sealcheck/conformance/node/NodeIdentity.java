package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.SigningPair;

/**
 * Who a scripted node is for the proxy; its X25519 pair is its own affair.
 *
 * @param smallId the id that the proxy's configuration knows, at least 1
 * @param signer signs registrations and answers
 * @param model the model it serves
 */
public record NodeIdentity(long smallId, SigningPair signer, String model) {
  /**
   * Checks id and model.
   *
   * @throws IllegalArgumentException if the id is below 1 or the model empty
   */
  public NodeIdentity {
    if (smallId < 1) {
      throw new IllegalArgumentException("node id " + smallId + ": 1 and above allowed");
    }
    if (model.isEmpty()) {
      throw new IllegalArgumentException("a node serves a model with a name");
    }
  }
}
