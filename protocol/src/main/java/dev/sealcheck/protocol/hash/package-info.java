/**
 * The hashes of bodies, signing keys and attestation nonces. Nothing here takes a key or a secret.
 */
package dev.sealcheck.protocol.hash;
