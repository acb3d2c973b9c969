package dev.sealcheck.node.attestation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the opaque data of a report: entries of type, size and data; docs/ATTESTATION.md. */
final class OpaqueWriter {

  private static final byte OFF = 0x55;
  private static final byte ON = (byte) 0xaa;

  private static final short DRIVER = 3;
  private static final short GPU_INFO = 4;
  private static final short VBIOS = 6;
  private static final short NVDEC0_STATE = 11;
  private static final short MEASUREMENT_COUNTS = 12;
  private static final short CPR_INFO = 13;
  private static final short BOARD_ID = 14;
  private static final short CHIP_SKU = 15;
  private static final short SKU_MODIFIER = 16;
  private static final short PROJECT = 17;
  private static final short PROJECT_SKU = 18;
  private static final short PROJECT_SKU_MODIFIER = 19;
  private static final short FWID = 20;
  private static final short PROTECTED_PCIE = 21;
  private static final short SWITCH_IDS = 22;
  private static final short GPU_IDS = 26;
  private static final short FEATURE_FLAG = 36;

  private static final int PROTECTED_PCIE_FEATURE = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private OpaqueWriter() {}

  /** What a GPU that stands alone says, in the order and sizes of NVIDIA's sample: 422 bytes. */
  static byte[] ofSingleGpu() {
    return new OpaqueWriter().gpu(OFF).out.toByteArray();
  }

  /** What one of eight GPUs says that reach each other over the switches of these ids. */
  static byte[] ofJoinedGpu(byte[] switchIds) {
    byte[] feature =
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(PROTECTED_PCIE_FEATURE)
            .array();
    return new OpaqueWriter()
        .gpu(ON)
        .put(SWITCH_IDS, switchIds)
        .put(FEATURE_FLAG, feature)
        .out
        .toByteArray();
  }

  /** What a switch says that joins the GPUs of these ids. */
  static byte[] ofSwitch(byte[] id, byte[] gpuIds) {
    return new OpaqueWriter()
        .put(VBIOS, EmulatedFirmware.vbios())
        .put(FWID, EmulatedFirmware.fwid())
        .put(SWITCH_IDS, id)
        .put(GPU_IDS, gpuIds)
        .out
        .toByteArray();
  }

  private OpaqueWriter gpu(byte protectedPcie) {
    return put(VBIOS, EmulatedFirmware.vbios())
        .put(BOARD_ID, text("EMU1"))
        .put(CHIP_SKU, text("EMULATED\0"))
        .put(SKU_MODIFIER, text("EMUL\0"))
        .put(PROJECT, text("EMUL\0"))
        .put(PROJECT_SKU, text("EMUL\0"))
        .put(PROJECT_SKU_MODIFIER, text("E\0"))
        .put(DRIVER, EmulatedFirmware.driver())
        .put(GPU_INFO, text("EMULATED"))
        .put(MEASUREMENT_COUNTS, counts())
        .put(CPR_INFO, new byte[Integer.BYTES])
        .put(NVDEC0_STATE, new byte[] {OFF})
        .put(FWID, EmulatedFirmware.fwid())
        .put(PROTECTED_PCIE, new byte[] {protectedPcie});
  }

  private OpaqueWriter put(short type, byte[] data) {
    ByteBuffer head = ByteBuffer.allocate(2 * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    head.putShort(type).putShort((short) data.length);
    out.writeBytes(head.array());
    out.writeBytes(data);
    return this;
  }

  /** How often each block was measured: once. */
  private static byte[] counts() {
    ByteBuffer counts =
        ByteBuffer.allocate(EmulatedFirmware.BLOCKS * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (counts.hasRemaining()) {
      counts.putInt(1);
    }
    return counts.array();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
