/**
 * Emulated devices under an emulated authority of the suite's own, for nodes that the suite plays
 * and for evidence that is wrong on purpose; {@link
 * dev.sealcheck.conformance.attestation.emulated.EmulatedMachine} is the door. It never calls
 * anything it makes real, and shares no code with the verifier beyond the names of fields.
 */
package dev.sealcheck.conformance.attestation.emulated;
