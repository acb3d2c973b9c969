/**
 * Emulated devices that answer a challenge with evidence for the enclave's key, under an authority
 * of their own that says so in every name; docs/ATTESTATION.md. Nothing here may see a private
 * X25519 key or a plaintext, and nothing it makes proves anything outside a test.
 */
package dev.sealcheck.node.attestation;
