package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.SignatureEnvelope;
import java.util.Optional;

/** Reads the signature that a proxy sends along (docs/PROTOCOL.md sections 2 and 5). */
final class ProxySignature {
  static final String HEADER = "X-Signature";

  private ProxySignature() {}

  /** The address of who signed {@code hash}; empty where the signature is missing or not valid. */
  static Optional<String> signer(Optional<String> header, BodyHash hash) {
    try {
      return header
          .map(SignatureEnvelope::parse)
          .filter(signature -> signature.verifies(hash))
          .map(SignatureEnvelope::address);
    } catch (MalformedAnswer noEnvelope) {
      return Optional.empty();
    }
  }
}
