package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;

/**
 * What one device sent, unread.
 *
 * @param kind what the entry says it is
 * @param certificates the PEM text of the chain
 * @param report request and response of the measurement, see {@link Report}
 */
public record EvidenceEntry(DeviceKind kind, Bytes certificates, Bytes report) {}
