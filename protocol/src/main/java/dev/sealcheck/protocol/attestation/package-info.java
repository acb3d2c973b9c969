/**
 * The messages by which a node proves its key to a proxy: challenge, evidence, update, and the
 * hashes that bind them; docs/ATTESTATION.md. Nothing here builds or judges a report.
 */
package dev.sealcheck.protocol.attestation;
