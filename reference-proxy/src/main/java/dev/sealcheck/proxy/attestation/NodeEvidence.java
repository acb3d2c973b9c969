package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.attestation.AttestationChallenge;
import dev.sealcheck.protocol.attestation.AttestationUpdate;
import dev.sealcheck.protocol.attestation.ChallengeNonce;
import dev.sealcheck.protocol.attestation.GpuNonce;
import dev.sealcheck.protocol.attestation.NodeAttestation;
import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The challenges of one node and the last evidence that was accepted of it. */
final class NodeEvidence {

  private static final Logger log = LoggerFactory.getLogger(NodeEvidence.class);

  private final long nodeSmallId;
  private final Address signer;
  private final Timekeeper time;
  private final OpenChallenges challenges;
  private NodeAttestation accepted;

  NodeEvidence(long nodeSmallId, Address signer, Timekeeper time, SecureRandom random) {
    this.nodeSmallId = nodeSmallId;
    this.signer = signer;
    this.time = time;
    this.challenges = new OpenChallenges(time, random);
  }

  synchronized AttestationChallenge challenge() {
    return new AttestationChallenge(nodeSmallId, challenges.issue(), nextCounter());
  }

  synchronized Optional<NodeAttestation> accepted() {
    return Optional.ofNullable(accepted);
  }

  /** Judges outside of the lock, since that takes long, and then looks again. */
  NodeAttestation put(
      AttestationUpdate update,
      SignatureEnvelope signature,
      PolicySource policies,
      NodeEvidenceListener listener)
      throws RefusedException {
    if (!signature.address().equals(signer) || !signature.verifies(update.hash())) {
      throw new RefusedException(ErrorCode.AUTH_ERROR);
    }
    if (newest().isEmpty()) {
      throw new RefusedException(ErrorCode.STALE_EVIDENCE);
    }
    ReadEvidence evidence = ReadEvidence.of(update.evidence());
    ChallengeNonce nonce = judge(evidence, update.publicKey(), policies);
    synchronized (this) {
      if (!challenges.isOpen(nonce)) {
        throw new RefusedException(ErrorCode.STALE_EVIDENCE);
      }
      challenges.closeAll();
      accepted = new NodeAttestation(update, signature, signer, nonce, nextCounter());
      listener.accepted(nodeSmallId, update.publicKey());
      return accepted;
    }
  }

  /** The challenge that the evidence answers, where every claim holds. */
  private ChallengeNonce judge(ReadEvidence evidence, X25519PublicKey key, PolicySource policies)
      throws RefusedException {
    Optional<ChallengeNonce> answered = answered(evidence.nonces(), key);
    ChallengeNonce expected =
        answered.or(this::newest).orElseThrow(() -> new RefusedException(ErrorCode.STALE_EVIDENCE));
    Verdict verdict =
        EvidenceVerifier.judge(evidence, GpuNonce.of(expected, key), policy(policies), time.now());
    if (verdict.accepted()) {
      return expected;
    }
    log.atWarn()
        .addKeyValue("node", nodeSmallId)
        .addKeyValue("claims", verdict.failures())
        .log("evidence refused");
    // Good evidence, but for another nonce or key, is what an old challenge or a replay looks like.
    boolean stale = answered.isEmpty() && verdict.falseClaims().equals(Set.of(Claim.NONCE_MATCH));
    throw new RefusedException(stale ? ErrorCode.STALE_EVIDENCE : ErrorCode.INVALID_EVIDENCE);
  }

  private static EvidencePolicy policy(PolicySource policies) throws RefusedException {
    try {
      return policies.policy();
    } catch (IOException e) {
      log.atError().addKeyValue("reason", e.getMessage()).log("no policy to judge evidence by");
      throw new RefusedException(ErrorCode.INTERNAL_ERROR);
    }
  }

  private synchronized Optional<ChallengeNonce> newest() {
    return challenges.newest();
  }

  private synchronized Optional<ChallengeNonce> answered(
      Set<GpuNonce> answers, X25519PublicKey key) {
    return challenges.answeredBy(answers, key);
  }

  private long nextCounter() {
    return accepted == null ? 1 : accepted.keyRotationCounter() + 1;
  }
}
