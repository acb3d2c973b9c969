package dev.sealcheck.proxy.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.Fields;
import dev.sealcheck.protocol.wire.FixedBytes;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.StrictJson;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one kind of device may run; the form is in docs/ATTESTATION.md.
 *
 * @param driver the driver's version
 * @param vbios the VBIOS version
 * @param measurements the values that may stand at each index; any other index must be unused
 */
public record AllowList(String driver, String vbios, Map<Integer, Set<FixedBytes>> measurements) {

  private static final Pattern INDEX = Pattern.compile("[1-9]|[1-5][0-9]|6[0-4]");
  private static final Pattern VALUE = Pattern.compile("[0-9a-f]{96}");
  private static final FixedBytes UNUSED = filled((byte) 0);

  /** What an emulated device measures while it is open to a debugger. */
  private static final FixedBytes DEBUG = filled((byte) 0xdb);

  /** A list of its own maps. */
  public AllowList {
    measurements = Map.copyOf(measurements);
  }

  /**
   * Parses the JSON.
   *
   * @throws MalformedMessageException if it has another form, lists nothing, or lets a device
   *     through that is open to a debugger
   */
  public static AllowList parse(byte[] json) throws MalformedMessageException {
    ObjectNode object = StrictJson.parseObject("allow-list", json);
    Fields fields = new Fields(object);
    Map<Integer, Set<FixedBytes>> measurements = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.path("measurements").properties()) {
      if (!INDEX.matcher(entry.getKey()).matches()) {
        throw new MalformedMessageException("measurements", "must have indices from 1 to 64");
      }
      measurements.put(Integer.valueOf(entry.getKey()), values(entry.getValue()));
    }
    if (measurements.isEmpty()) {
      throw new MalformedMessageException("measurements", "must be an object that lists some");
    }
    return new AllowList(fields.text("driver"), fields.text("vbios"), measurements);
  }

  /** Whether every measurement is one that may stand there. */
  boolean allowsMeasurements(DeviceReport report) {
    for (int index = 1; index <= DeviceReport.MAX_BLOCKS; index++) {
      FixedBytes value = report.measurements().getOrDefault(index, UNUSED);
      if (!measurements.getOrDefault(index, Set.of(UNUSED)).contains(value)) {
        return false;
      }
    }
    return true;
  }

  private static Set<FixedBytes> values(JsonNode json) throws MalformedMessageException {
    Set<FixedBytes> values = new HashSet<>();
    if (json instanceof ArrayNode array) {
      for (JsonNode value : array) {
        if (!value.isTextual() || !VALUE.matcher(value.textValue()).matches()) {
          throw new MalformedMessageException("measurements", "must be 96 lower-case hex digits");
        }
        values.add(measurement(HexFormat.of().parseHex(value.textValue())));
      }
    }
    if (values.isEmpty()) {
      throw new MalformedMessageException("measurements", "must be lists of at least one value");
    }
    if (values.contains(DEBUG)) {
      throw new MalformedMessageException("measurements", "must not allow a device in debug mode");
    }
    return Set.copyOf(values);
  }

  private static FixedBytes filled(byte value) {
    byte[] bytes = new byte[DeviceReport.MEASUREMENT_SIZE_IN_BYTES];
    Arrays.fill(bytes, value);
    return measurement(bytes);
  }

  private static FixedBytes measurement(byte[] bytes) {
    return FixedBytes.copyOf(bytes, DeviceReport.MEASUREMENT_SIZE_IN_BYTES, "measurement");
  }
}
