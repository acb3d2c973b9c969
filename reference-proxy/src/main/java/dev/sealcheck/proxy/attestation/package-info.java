/**
 * Challenges to nodes, and their evidence: judged claim by claim against pinned roots and
 * allow-lists, and kept only where every claim holds; docs/ATTESTATION.md. Nothing here makes
 * evidence, and nothing believes a nonce, a counter or a root that the evidence brings along.
 */
package dev.sealcheck.proxy.attestation;
