package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import java.util.Optional;

/**
 * An entry as far as it can be read.
 *
 * @param entry what came
 * @param chain its certificates
 * @param report its report; empty where that does not parse
 * @param problem why the report does not parse; empty where it does
 */
record ReadDevice(
    EvidenceEntry entry, ChainReading chain, Optional<Report> report, String problem) {
  static ReadDevice of(EvidenceEntry entry) {
    ChainReading chain = ChainReading.of(entry.certificates());
    try {
      return new ReadDevice(entry, chain, Optional.of(Report.parse(entry.report())), "");
    } catch (MalformedAnswer malformed) {
      return new ReadDevice(entry, chain, Optional.empty(), malformed.getMessage());
    }
  }

  /** The leaf's public key as it is encoded, by which two entries are of the same device. */
  Optional<Bytes> deviceKey() {
    return chain.leaf().map(leaf -> Bytes.of(leaf.getPublicKey().getEncoded()));
  }

  /** An opaque entry of the report; empty where there is none, or no report. */
  Optional<Bytes> opaque(OpaqueType type) {
    return report.flatMap(read -> read.opaque(type));
  }
}
