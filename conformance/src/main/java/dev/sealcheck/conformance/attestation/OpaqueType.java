package dev.sealcheck.conformance.attestation;

/** The opaque entries that the suite reads or writes (docs/ATTESTATION.md section 4). */
public enum OpaqueType {
  /** Driver version; text, ended by NUL. */
  DRIVER_VERSION(3),
  /** GPU info; 8 bytes. */
  GPU_INFO(4),
  /** VBIOS version; 8 bytes. */
  VBIOS_VERSION(6),
  /** State of the NVDEC0 unit; 0x55 disabled, 0xAA enabled. */
  NVDEC0_STATE(11),
  /** Counts of measurements; 64 numbers of 4 bytes. */
  MEASUREMENT_COUNTS(12),
  /** CPR info; 4 bytes. */
  CPR_INFO(13),
  /** Board id; 4 bytes. */
  BOARD_ID(14),
  /** Chip SKU; text. */
  CHIP_SKU(15),
  /** Modifier of the chip SKU; text. */
  CHIP_SKU_MODIFIER(16),
  /** Project; text. */
  PROJECT(17),
  /** SKU of the project; text. */
  PROJECT_SKU(18),
  /** Modifier of the project's SKU; text. */
  PROJECT_SKU_MODIFIER(19),
  /** Hash of the device's firmware; 48 bytes. */
  FWID(20),
  /** Protected PCIe: 0x55 off, 0xAA on. */
  PROTECTED_PCIE(21),
  /** In a GPU's report the ids of its switches, in a switch's its own; 8 bytes each. */
  SWITCH_IDS(22),
  /** In a switch's report the ids of its GPUs; 8 bytes each. */
  GPU_IDS(26),
  /** 0 single pass-through, 1 multi, 2 protected PCIe; little-endian. */
  FEATURE_FLAG(36);

  private final int number;

  OpaqueType(int number) {
    this.number = number;
  }

  /** The number that stands in the report. */
  public int number() {
    return number;
  }
}
