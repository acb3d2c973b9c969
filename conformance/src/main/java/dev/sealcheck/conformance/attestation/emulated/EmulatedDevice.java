package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.attestation.DeviceKind;
import dev.sealcheck.conformance.attestation.EvidenceEntry;
import dev.sealcheck.conformance.client.Bytes;
import java.util.List;

/**
 * An emulated GPU or switch.
 *
 * @param kind which of the two
 * @param key what it signs reports with
 * @param firmware its FWID, 48 bytes
 * @param id its id on the fabric, 8 bytes
 * @param chain its certificates in DER, leaf first
 */
record EmulatedDevice(
    DeviceKind kind, EmulatedKey key, Bytes firmware, Bytes id, List<Bytes> chain) {
  EmulatedDevice {
    chain = List.copyOf(chain);
  }

  /** A copy that shows other certificates. */
  EmulatedDevice withChain(List<Bytes> other) {
    return new EmulatedDevice(kind, key, firmware, id, other);
  }

  /** The report with the device's signature behind it. */
  Bytes signed(EmulatedReport report) {
    Bytes unsigned = report.unsigned();
    return Bytes.concat(unsigned, key.signRaw(unsigned));
  }

  /** The entry for a report that is whole. */
  EvidenceEntry entry(Bytes report) {
    return new EvidenceEntry(kind, EmulatedAuthority.pem(chain), report);
  }
}
