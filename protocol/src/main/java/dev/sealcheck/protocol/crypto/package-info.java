/**
 * Key agreement, derivation, seal and open; nothing else. The proxy must never depend on this
 * package (docs/PROTOCOL.md section 1), and nothing here lets a caller fix its randomness.
 */
package dev.sealcheck.protocol.crypto;
