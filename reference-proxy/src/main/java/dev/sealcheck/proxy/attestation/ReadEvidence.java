package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.attestation.CompressedEvidence;
import dev.sealcheck.protocol.attestation.DeviceEvidence;
import dev.sealcheck.protocol.attestation.EvidenceSet;
import dev.sealcheck.protocol.attestation.GpuNonce;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Evidence as far as it could be read; nothing of it is believed yet.
 *
 * @param inflated whether it is one zlib stream that stays under the cap, and a set is in it
 * @param devices what is in it; none where it could not be read
 */
record ReadEvidence(boolean inflated, List<ReadDevice> devices) {

  static ReadEvidence of(CompressedEvidence compressed) {
    try {
      List<DeviceEvidence> devices = EvidenceSet.parse(compressed.inflate()).devices();
      return new ReadEvidence(true, devices.stream().map(ReadDevice::of).toList());
    } catch (MalformedMessageException e) {
      // Nothing is the finding: it is not inflated, and it is not a machine.
      return new ReadEvidence(false, List.of());
    }
  }

  /** What its reports say they answer. */
  Set<GpuNonce> nonces() {
    return devices.stream()
        .flatMap(device -> device.report().stream())
        .map(DeviceReport::nonce)
        .collect(Collectors.toUnmodifiableSet());
  }
}
