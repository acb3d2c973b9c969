package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.attestation.DeviceKind;
import dev.sealcheck.protocol.attestation.GpuNonce;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges evidence, every claim by itself; whatever the evidence holds, there is a verdict. */
final class EvidenceVerifier {

  private EvidenceVerifier() {}

  /**
   * Judges evidence.
   *
   * @param expected what every report must answer
   * @param now when the certificates must be valid
   */
  static Verdict judge(
      ReadEvidence evidence, GpuNonce expected, EvidencePolicy policy, Instant now) {
    List<Finding> findings = new ArrayList<>();
    findings.add(ofAll(Claim.EVIDENCE_INFLATED, evidence.inflated()));
    findings.add(ofAll(Claim.EVIDENCE_SET, MachineRules.holds(evidence.devices())));
    for (int place = 0; place < evidence.devices().size(); place++) {
      ReadDevice device = evidence.devices().get(place);
      String subject = "device " + place;
      boolean chain = ChainRules.holds(device.chain(), policy.roots(), now);
      judge(device, chain, expected, policy.allowLists())
          .forEach(
              (claim, holds) ->
                  findings.add(new Finding(subject, claim, claim.name(device.kind()), holds)));
    }
    return new Verdict(findings);
  }

  /** The claims of one device whose chain was judged before. */
  static Map<Claim, Boolean> judge(
      ReadDevice device, boolean chain, GpuNonce expected, List<AllowList> allowLists) {
    Map<Claim, Boolean> claims = new EnumMap<>(Claim.class);
    Optional<DeviceReport> report = device.report();
    claims.put(Claim.REPORT_PARSED, report.isPresent());
    claims.put(Claim.CERTIFICATE_CHAIN, chain);
    claims.put(Claim.FIRMWARE_MATCH, report.isPresent() && isSameFirmware(device, report.get()));
    claims.put(Claim.NONCE_MATCH, report.isPresent() && report.get().nonce().equals(expected));
    claims.put(
        Claim.SIGNATURE_VERIFIED, report.isPresent() && isSignedByLeaf(device, report.get()));
    Optional<AllowList> list =
        report.flatMap(
            read ->
                allowLists.stream().max(Comparator.comparingInt(one -> fit(one, device, read))));
    boolean measured = list.isPresent() && list.get().allowsMeasurements(report.get());
    if (device.kind() == DeviceKind.GPU) {
      claims.put(Claim.DRIVER_VERSION, list.isPresent() && isDriver(list.get(), report.get()));
    }
    claims.put(Claim.VBIOS_VERSION, list.isPresent() && isVbios(list.get(), report.get()));
    claims.put(Claim.MEASUREMENTS, measured);
    claims.put(Claim.SECURE_BOOT, measured);
    claims.put(Claim.DEBUG_OFF, measured);
    return claims;
  }

  /** How much of a device one list lets through: it is judged by the list that fits it best. */
  private static int fit(AllowList list, ReadDevice device, DeviceReport report) {
    return (list.allowsMeasurements(report) ? 1 : 0)
        + (isVbios(list, report) ? 1 : 0)
        + (device.kind() == DeviceKind.SWITCH || isDriver(list, report) ? 1 : 0);
  }

  private static boolean isDriver(AllowList list, DeviceReport report) {
    return report.opaque().driver().filter(list.driver()::equals).isPresent();
  }

  private static boolean isVbios(AllowList list, DeviceReport report) {
    return report.opaque().vbios().filter(list.vbios()::equals).isPresent();
  }

  private static boolean isSameFirmware(ReadDevice device, DeviceReport report) {
    Optional<byte[]> reported = report.opaque().firmware();
    if (reported.isEmpty()) {
      return device.kind() == DeviceKind.SWITCH;
    }
    return device
        .chain()
        .leaf()
        .flatMap(FirmwareId::of)
        .filter(certified -> MessageDigest.isEqual(certified, reported.get()))
        .isPresent();
  }

  private static boolean isSignedByLeaf(ReadDevice device, DeviceReport report) {
    Optional<X509Certificate> leaf = device.chain().leaf();
    return leaf.isPresent()
        && ChainRules.isP384(leaf.get())
        && report.isSignedBy(leaf.get().getPublicKey());
  }

  private static Finding ofAll(Claim claim, boolean holds) {
    return new Finding("evidence", claim, claim.name(DeviceKind.GPU), holds);
  }
}
