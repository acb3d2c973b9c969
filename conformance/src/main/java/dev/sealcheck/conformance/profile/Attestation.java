package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.attestation.AllowList;
import dev.sealcheck.conformance.attestation.EvidenceVerifier;
import dev.sealcheck.conformance.attestation.TrustedRoot;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.verdict.NotApplicable;
import java.util.Optional;

/**
 * What a user tells of the evidence behind a target's keys.
 *
 * @param root the root that the devices of the target's nodes are certified under
 * @param allowList what these devices may run
 * @param scriptedSeed from which the authority of the suite's own nodes is made, so that a proxy
 *     can be told of it beforehand; empty for one of its own in each run
 * @param rotation how a node is made to change its key
 * @param required whether clients seal to attested keys only
 */
public record Attestation(
    Optional<TrustedRoot> root,
    Optional<AllowList> allowList,
    Optional<Bytes> scriptedSeed,
    Optional<RotationAccess> rotation,
    boolean required) {

  /**
   * What is known.
   *
   * @throws IllegalArgumentException if evidence is required and nobody is trusted to give it
   */
  public Attestation {
    if (required && (root.isEmpty() || allowList.isEmpty())) {
      throw new IllegalArgumentException(
          "to require attestation, name a root and an allow-list in the profile"
              + " (attestation.root, attestation.allow_list)");
    }
  }

  /** Nothing. */
  public static Attestation unknown() {
    return new Attestation(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  /**
   * A copy for clients that seal to attested keys only.
   *
   * @throws IllegalArgumentException if no root or no allow-list is known
   */
  public Attestation requiring() {
    return new Attestation(root, allowList, scriptedSeed, rotation, true);
  }

  /** A verifier that trusts what is known here, and nothing where nothing is. */
  public EvidenceVerifier verifier() {
    return new EvidenceVerifier(root, allowList);
  }

  /** The way to a new key. @throws NotApplicable if none was named */
  public RotationAccess requireRotation() {
    return rotation.orElseThrow(
        () -> new NotApplicable("a node that can be told to rotate its key (profile: rotation)"));
  }
}
