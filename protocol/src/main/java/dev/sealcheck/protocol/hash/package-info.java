/** The hash of bodies and signing keys. Nothing here takes a key or a secret. */
package dev.sealcheck.protocol.hash;
