package dev.sealcheck.conformance.attestation;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of device that evidence speaks of, and how their claims are called. */
public enum DeviceKind {
  /** A GPU. */
  GPU("device", "gpu"),
  /** An NVLink switch. */
  SWITCH("nvswitch", "switch");

  private final String evidenceType;
  private final String word;

  DeviceKind(String evidenceType, String word) {
    this.evidenceType = evidenceType;
    this.word = word;
  }

  /** The word in an evidence entry (docs/ATTESTATION.md section 6). */
  public String evidenceType() {
    return evidenceType;
  }

  /** The kind in a word or two for reports. */
  public String word() {
    return word;
  }

  /** The full name of a claim of this kind of device, as NVIDIA's claims version 3.0 spells it. */
  String claim(String name) {
    return "x-nvidia-" + word + "-" + name;
  }

  /** The kind that an evidence entry's word stands for; empty for any other word. */
  static Optional<DeviceKind> ofEvidenceType(String evidenceType) {
    return Arrays.stream(values())
        .filter(kind -> kind.evidenceType.equals(evidenceType))
        .findFirst();
  }
}
