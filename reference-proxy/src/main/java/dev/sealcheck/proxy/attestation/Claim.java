package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.attestation.DeviceKind;

/**
 * What is judged of evidence, in the order of docs/ATTESTATION.md; a claim that cannot be judged,
 * since what it is about could not be read, does not hold. Named as in NVIDIA's claims version 3.0
 * where those have a name.
 */
public enum Claim {
  /** The bytes are one zlib stream that stays under the cap, and a set is in it. */
  EVIDENCE_INFLATED("x-sealcheck-evidence-inflated", "x-sealcheck-evidence-inflated"),
  /** The devices are one machine: their number, nobody twice, the switches that join them. */
  EVIDENCE_SET("x-sealcheck-evidence-set", "x-sealcheck-evidence-set"),
  /** The report has the one form. */
  REPORT_PARSED("x-nvidia-%s-attestation-report-parsed"),
  /** Five certificates, the last of them a pinned root, each valid and signed by the next. */
  CERTIFICATE_CHAIN("x-nvidia-%s-attestation-report-cert-chain"),
  /** Leaf and report name the same firmware. */
  FIRMWARE_MATCH("x-nvidia-%s-attestation-report-cert-chain-fwid-match"),
  /** The report answers the challenge for the key. */
  NONCE_MATCH("x-nvidia-%s-attestation-report-nonce-match"),
  /** The leaf signed the report. */
  SIGNATURE_VERIFIED("x-nvidia-%s-attestation-report-signature-verified"),
  /** An allow-list names the driver; judged of GPUs only. */
  DRIVER_VERSION("x-nvidia-gpu-driver-rim-version-match"),
  /** An allow-list names the VBIOS. */
  VBIOS_VERSION("x-nvidia-gpu-vbios-rim-version-match", "x-nvidia-switch-bios-rim-version-match"),
  /** An allow-list holds every measurement. */
  MEASUREMENTS("measres", "measres"),
  /** Follows from the measurements. */
  SECURE_BOOT("secboot", "secboot"),
  /** Follows from the measurements. */
  DEBUG_OFF("dbgstat", "dbgstat");

  private final String ofGpu;
  private final String ofSwitch;

  Claim(String pattern) {
    this(pattern.formatted("gpu"), pattern.formatted("switch"));
  }

  Claim(String ofGpu, String ofSwitch) {
    this.ofGpu = ofGpu;
    this.ofSwitch = ofSwitch;
  }

  /** The name where it is about a device of that kind; for the whole evidence they are the same. */
  public String name(DeviceKind kind) {
    return kind == DeviceKind.GPU ? ofGpu : ofSwitch;
  }
}
