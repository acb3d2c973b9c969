package dev.sealcheck.protocol.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.StrictJson;
import java.util.ArrayList;
import java.util.List;

/**
 * What all devices of a node say, in the order of the wire.
 *
 * @param devices as many as there are, also none
 */
public record EvidenceSet(List<DeviceEvidence> devices) {

  /** Twice what the largest machine has: eight GPUs and four switches. */
  public static final int MAX_DEVICES = 24;

  /** A set of its own list. */
  public EvidenceSet {
    devices = List.copyOf(devices);
  }

  /**
   * Parses the JSON array.
   *
   * @throws MalformedMessageException if it is no array of at most {@link #MAX_DEVICES} objects of
   *     the one form
   */
  public static EvidenceSet parse(byte[] json) throws MalformedMessageException {
    ArrayNode array = StrictJson.parseArray("evidence", json);
    if (array.size() > MAX_DEVICES) {
      throw new MalformedMessageException(
          "evidence", "must be of at most " + MAX_DEVICES + " devices");
    }
    List<DeviceEvidence> devices = new ArrayList<>();
    for (JsonNode device : array) {
      devices.add(DeviceEvidence.parse(device));
    }
    return new EvidenceSet(devices);
  }

  /** The compact JSON array. */
  public byte[] toJson() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    devices.forEach(device -> array.add(device.toJson()));
    return StrictJson.write(array);
  }
}
