package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.attestation.CompressedEvidence;
import dev.sealcheck.protocol.attestation.EvidenceSet;
import dev.sealcheck.protocol.attestation.GpuNonce;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Evidence as far as it could be read; nothing of it is believed yet.
 *
 * @param inflated whether it is one zlib stream that stays under the cap
 * @param devices what is in it; none where it could not be read
 */
record ReadEvidence(boolean inflated, List<ReadDevice> devices) {

  static ReadEvidence of(CompressedEvidence compressed) {
    byte[] json;
    try {
      json = compressed.inflate();
    } catch (MalformedMessageException e) {
      return new ReadEvidence(false, List.of());
    }
    try {
      return new ReadEvidence(
          true, EvidenceSet.parse(json).devices().stream().map(ReadDevice::of).toList());
    } catch (MalformedMessageException e) {
      // No devices is the finding: nothing is not a machine.
      return new ReadEvidence(true, List.of());
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
