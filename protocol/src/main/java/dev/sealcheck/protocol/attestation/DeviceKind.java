package dev.sealcheck.protocol.attestation;

import dev.sealcheck.protocol.wire.MalformedMessageException;

/** What evidence can be of, docs/ATTESTATION.md. */
public enum DeviceKind {
  /** A device that computes. */
  GPU("device"),
  /** A device that joins eight GPUs. */
  SWITCH("nvswitch");

  private final String wireName;

  DeviceKind(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire. */
  public String wireName() {
    return wireName;
  }

  static DeviceKind ofWireName(String name) throws MalformedMessageException {
    for (DeviceKind kind : values()) {
      if (kind.wireName.equals(name)) {
        return kind;
      }
    }
    throw new MalformedMessageException("evidence_type", "must be device or nvswitch");
  }
}
