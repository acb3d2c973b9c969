package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a device says besides its measurements: entries of type, size and data, no type twice. */
final class OpaqueData {

  private static final int DRIVER = 3;
  private static final int VBIOS = 6;
  private static final int FWID = 20;
  private static final int PROTECTED_PCIE = 21;
  private static final int SWITCH_IDS = 22;
  private static final int GPU_IDS = 26;
  private static final int FEATURE_FLAG = 36;

  private static final byte[] ON = {(byte) 0xaa};
  private static final byte PROTECTED_PCIE_FEATURE = 2;
  private static final int ID_SIZE_IN_BYTES = 8;
  private static final int VBIOS_REVERSED_IN_BYTES = 4;

  private final Map<Integer, byte[]> entries = new HashMap<>();

  private OpaqueData() {}

  static OpaqueData parse(BoundedReader reader) throws MalformedMessageException {
    OpaqueData data = new OpaqueData();
    while (reader.hasMore()) {
      int type = reader.unsigned16();
      if (data.entries.putIfAbsent(type, reader.bytes(reader.unsigned16())) != null) {
        throw new MalformedMessageException("report", "must have no opaque entry twice");
      }
    }
    return data;
  }

  /** The driver's version, up to its NUL. */
  Optional<String> driver() {
    return entry(DRIVER)
        .map(data -> new String(data, StandardCharsets.ISO_8859_1))
        .map(text -> text.indexOf('\0') < 0 ? text : text.substring(0, text.indexOf('\0')));
  }

  /** The VBIOS version as it is shown: the first four bytes reversed, then the fifth. */
  Optional<String> vbios() {
    return entry(VBIOS)
        .filter(data -> data.length > VBIOS_REVERSED_IN_BYTES)
        .map(
            data ->
                HexFormat.ofDelimiter(".")
                    .formatHex(new byte[] {data[3], data[2], data[1], data[0], data[4]}));
  }

  /** The hash that names the firmware. */
  Optional<byte[]> firmware() {
    return entry(FWID);
  }

  /** Whether the device says that it shares its bus with switches that it trusts. */
  boolean isProtectedPcie() {
    return entry(PROTECTED_PCIE).filter(data -> Arrays.equals(data, ON)).isPresent()
        || entry(FEATURE_FLAG).filter(OpaqueData::isProtectedPcieFeature).isPresent();
  }

  /** The switches that a GPU sees, or the one that a switch is. */
  Optional<Set<String>> switchIds() throws MalformedMessageException {
    return ids(SWITCH_IDS);
  }

  /** The GPUs that a switch sees. */
  Optional<Set<String>> gpuIds() throws MalformedMessageException {
    return ids(GPU_IDS);
  }

  private Optional<byte[]> entry(int type) {
    return Optional.ofNullable(entries.get(type));
  }

  private Optional<Set<String>> ids(int type) throws MalformedMessageException {
    byte[] data = entries.get(type);
    if (data == null) {
      return Optional.empty();
    }
    if (data.length % ID_SIZE_IN_BYTES != 0) {
      throw new MalformedMessageException("report", "must have ids of 8 bytes");
    }
    Set<String> ids = new LinkedHashSet<>();
    for (int at = 0; at < data.length; at += ID_SIZE_IN_BYTES) {
      if (!ids.add(HexFormat.of().formatHex(data, at, at + ID_SIZE_IN_BYTES))) {
        throw new MalformedMessageException("report", "must have no id twice");
      }
    }
    return Optional.of(ids);
  }

  private static boolean isProtectedPcieFeature(byte[] littleEndian) {
    byte[] rest = littleEndian.clone();
    if (rest.length == 0 || rest[0] != PROTECTED_PCIE_FEATURE) {
      return false;
    }
    rest[0] = 0;
    return Arrays.equals(rest, new byte[rest.length]);
  }
}
