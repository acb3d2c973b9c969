package dev.sealcheck.node.attestation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The one driver, VBIOS and firmware that every emulated device runs, and what it measures; made
 * up, but for the versions, which are those of NVIDIA's published sample.
 */
final class EmulatedFirmware {

  static final String DRIVER = "550.90.07";
  static final String VBIOS = "96.00.9f.00.01";

  static final int BLOCKS = 64;
  static final int MEASUREMENT_SIZE_IN_BYTES = 48;

  /** Higher indices are unused and hold zeros. */
  private static final int MEASURED = 36;

  private EmulatedFirmware() {}

  /** The value of a measurement: 48 bytes. */
  static byte[] measurement(int index) {
    return index <= MEASURED
        ? DeviceKey.sha384(text("Sealcheck EMULATED measurement " + index))
        : new byte[MEASUREMENT_SIZE_IN_BYTES];
  }

  /** The hash that names the firmware in leaf and report: 48 bytes. */
  static byte[] fwid() {
    return DeviceKey.sha384(text("Sealcheck EMULATED firmware"));
  }

  /** The VBIOS version as reports carry it: 8 bytes, of which the first four stand reversed. */
  static byte[] vbios() {
    byte[] shown = HexFormat.ofDelimiter(".").parseHex(VBIOS);
    return ByteBuffer.allocate(Long.BYTES)
        .put(shown[3])
        .put(shown[2])
        .put(shown[1])
        .put(shown[0])
        .put(shown[4])
        .array();
  }

  /** The driver version as reports carry it: ended by a NUL. */
  static byte[] driver() {
    return text(DRIVER + "\0");
  }

  /** The JSON by which a verifier lets exactly this through. */
  static byte[] allowList() {
    ObjectNode json = StrictJson.newObject();
    json.put("driver", DRIVER);
    json.put("vbios", VBIOS);
    ObjectNode measurements = json.putObject("measurements");
    for (int index = 1; index <= MEASURED; index++) {
      measurements
          .putArray(Integer.toString(index))
          .add(HexFormat.of().formatHex(measurement(index)));
    }
    return StrictJson.write(json);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
