package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.attestation.DeviceEvidence;
import dev.sealcheck.protocol.attestation.DeviceKind;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.util.Optional;

/**
 * One device's evidence as far as it could be read.
 *
 * @param kind what it says it is
 * @param chain its certificates
 * @param report its report, where that has the right form
 */
record ReadDevice(DeviceKind kind, CertificateChain chain, Optional<DeviceReport> report) {

  static ReadDevice of(DeviceEvidence evidence) {
    return new ReadDevice(
        evidence.kind(), CertificateChain.read(evidence.certificates()), report(evidence));
  }

  private static Optional<DeviceReport> report(DeviceEvidence evidence) {
    try {
      return Optional.of(DeviceReport.parse(evidence.report()));
    } catch (MalformedMessageException e) {
      // Empty is the finding: the claim that it parses does not hold.
      return Optional.empty();
    }
  }
}
