package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.attestation.AttestationChallenge;
import dev.sealcheck.protocol.attestation.AttestationUpdate;
import dev.sealcheck.protocol.attestation.NodeAttestation;
import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The evidence of all configured nodes: issues challenges, judges what answers them and keeps what
 * holds. Safe for use by many threads.
 */
public final class Attestations {

  private final Map<Long, NodeEvidence> nodes = new HashMap<>();
  private final PolicySource policies;
  private final NodeEvidenceListener listener;

  /**
   * Attestations of nodes that have proven nothing yet.
   *
   * @param signers the configured nodes: the one signer of each, by small id
   * @param policies whom and what to believe
   * @param listener is told each key that was proven
   * @param random makes the nonces
   */
  public Attestations(
      Map<Long, Address> signers,
      PolicySource policies,
      NodeEvidenceListener listener,
      Timekeeper time,
      SecureRandom random) {
    signers.forEach((id, signer) -> nodes.put(id, new NodeEvidence(id, signer, time, random)));
    this.policies = policies;
    this.listener = listener;
  }

  /** Attestations that take no evidence, since no root is known. */
  public static Attestations believingNobody(
      Map<Long, Address> signers, Timekeeper time, SecureRandom random) {
    EvidencePolicy nothing = new EvidencePolicy(Set.of(), List.of());
    return new Attestations(signers, () -> nothing, (id, key) -> {}, time, random);
  }

  /**
   * A challenge for a node, valid for 60 seconds.
   *
   * @throws RefusedException {@code NOT_FOUND} if the node is not configured
   */
  public AttestationChallenge challenge(long nodeSmallId) throws RefusedException {
    return node(nodeSmallId).challenge();
  }

  /**
   * Takes evidence if it answers an open challenge of its node and every claim holds; the node's
   * challenges are then closed. Otherwise nothing changes.
   *
   * @throws RefusedException {@code NOT_FOUND} if the node is not configured; {@code AUTH_ERROR} if
   *     its signer has not signed this; {@code STALE_EVIDENCE} if the node has no open challenge,
   *     or the evidence is good for another nonce or key; {@code INVALID_EVIDENCE} if it does not
   *     verify; {@code INTERNAL_ERROR} if there is no policy to judge it by
   */
  public NodeAttestation put(AttestationUpdate update, SignatureEnvelope signature)
      throws RefusedException {
    return node(update.nodeSmallId()).put(update, signature, policies, listener);
  }

  /**
   * The evidence of a node that was accepted last.
   *
   * @throws RefusedException {@code NOT_FOUND} if the node is not configured or has proven nothing
   */
  public NodeAttestation accepted(long nodeSmallId) throws RefusedException {
    return node(nodeSmallId)
        .accepted()
        .orElseThrow(() -> new RefusedException(ErrorCode.NOT_FOUND));
  }

  /** Whether the evidence that was accepted last of a node is for {@code key}. */
  public boolean isProven(long nodeSmallId, X25519PublicKey key) {
    return Optional.ofNullable(nodes.get(nodeSmallId))
        .flatMap(NodeEvidence::accepted)
        .filter(accepted -> accepted.update().publicKey().equals(key))
        .isPresent();
  }

  private NodeEvidence node(long nodeSmallId) throws RefusedException {
    NodeEvidence node = nodes.get(nodeSmallId);
    if (node == null) {
      throw new RefusedException(ErrorCode.NOT_FOUND);
    }
    return node;
  }
}
