package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.wire.X25519PublicKey;

/** Is told which key a node has proven, in the order in which evidence was accepted. */
@FunctionalInterface
public interface NodeEvidenceListener {

  /** The evidence of a node for {@code key} was accepted; must not block. */
  void accepted(long nodeSmallId, X25519PublicKey key);
}
