/**
 * An independent verifier of GPU evidence, written from docs/ATTESTATION.md on the JDK's own
 * cryptography; {@link dev.sealcheck.conformance.attestation.EvidenceVerifier} is its door. It
 * never trusts a root that its caller did not name, and it makes no evidence.
 */
package dev.sealcheck.conformance.attestation;
