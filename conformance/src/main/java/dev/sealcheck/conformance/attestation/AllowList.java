package dev.sealcheck.conformance.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a good device runs (docs/ATTESTATION.md section 7).
 *
 * @param driver the driver's version
 * @param vbios the VBIOS version
 * @param measurements the allowed values by block index; an index that is not listed must be unused
 */
public record AllowList(String driver, String vbios, Map<Integer, Set<Bytes>> measurements) {
  private static final int MAX_INDEX = 64;
  private static final int MAX_VALUES = 64;
  private static final Bytes UNUSED = Bytes.owning(new byte[Report.MEASUREMENT_BYTES]);

  /** What an emulated device measures in block 64 while it is being debugged. */
  private static final Bytes DEBUG = Bytes.hex("db".repeat(Report.MEASUREMENT_BYTES));

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if an index is not 1 to 64, or a value is not 48 bytes, or is
   *     the mark of a device that is being debugged
   */
  public AllowList {
    SortedMap<Integer, Set<Bytes>> copy = new TreeMap<>();
    measurements.forEach((index, values) -> copy.put(index, Set.copyOf(values)));
    measurements = copy;
    if (copy.keySet().stream().anyMatch(index -> index < 1 || index > MAX_INDEX)) {
      throw new IllegalArgumentException("measurement index: 1 to " + MAX_INDEX + " allowed");
    }
    if (copy.values().stream()
        .flatMap(Set::stream)
        .anyMatch(value -> value.length() != Report.MEASUREMENT_BYTES || value.equals(DEBUG))) {
      throw new IllegalArgumentException(
          "a measurement has 48 bytes, and is not the mark of a device that is being debugged");
    }
  }

  /**
   * Reads the JSON form.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static AllowList parse(Bytes json) {
    try {
      ObjectNode object = StrictJson.parseObject(json);
      Map<Integer, Set<Bytes>> measurements = new TreeMap<>();
      object
          .path("measurements")
          .properties()
          .forEach(entry -> measurements.put(index(entry.getKey()), values(entry.getValue())));
      if (measurements.isEmpty() || object.size() != 3) {
        throw new MalformedAnswer("allow-list", "must have driver, vbios and measurements alone");
      }
      return new AllowList(text(object, "driver"), text(object, "vbios"), measurements);
    } catch (MalformedAnswer wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  /** The first block, in order, that holds what is not allowed; empty where there is none. */
  Optional<Integer> firstMismatch(Report report) {
    for (int index = 1; index <= MAX_INDEX; index++) {
      Bytes value = report.measurements().getOrDefault(index, UNUSED);
      if (!measurements.getOrDefault(index, Set.of(UNUSED)).contains(value)) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  private static int index(String key) {
    if (!key.matches("[1-9][0-9]?")) {
      throw new MalformedAnswer("measurements", "must be listed by index, 1 to 64");
    }
    return Integer.parseInt(key);
  }

  private static Set<Bytes> values(JsonNode list) {
    List<Bytes> values = new ArrayList<>();
    for (JsonNode value : list) {
      String hex = value.asText();
      if (!value.isTextual() || !hex.matches("[0-9a-f]{96}") || values.size() == MAX_VALUES) {
        throw new MalformedAnswer("measurements", "must be lists of texts of 96 hex digits");
      }
      values.add(Bytes.hex(hex));
    }
    if (!list.isArray() || values.isEmpty()) {
      throw new MalformedAnswer("measurements", "must be lists with at least one value each");
    }
    return new HashSet<>(values);
  }

  private static String text(ObjectNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new MalformedAnswer(field, "must be a text");
    }
    return value.textValue();
  }
}
