package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.attestation.EvidenceEntry;
import dev.sealcheck.conformance.client.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * The evidence of a case with what a verifier is told beside it.
 *
 * @param evidence the entries
 * @param container the stream where it is not the ordinary one of the entries
 * @param contractNonce the proxy's nonce that the verifier expects
 * @param publicKey the key that the verifier expects; 32 bytes but for one case
 */
public record Exhibit(
    EmulatedEvidence evidence, Optional<Bytes> container, long contractNonce, Bytes publicKey) {
  /** The ordinary exhibit of these entries for the setting's nonce and key. */
  static Exhibit of(CaseSetting setting, List<EvidenceEntry> entries) {
    return new Exhibit(
        new EmulatedEvidence(entries),
        Optional.empty(),
        setting.binding().contractNonce(),
        setting.binding().publicKey().bytes());
  }

  /** A copy that travels as these bytes. */
  Exhibit in(Bytes stream) {
    return new Exhibit(evidence, Optional.of(stream), contractNonce, publicKey);
  }

  /** A copy whose verifier expects another key. */
  Exhibit expecting(Bytes otherKey) {
    return new Exhibit(evidence, container, contractNonce, otherKey);
  }

  /** The stream to verify. */
  public Bytes compressed() {
    return container.orElseGet(evidence::compressed);
  }
}
