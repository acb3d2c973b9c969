package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sealcheck.conformance.requirement.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code seen-red.yaml} says of checks that the man in the middle cannot break.
 *
 * @param where by row, or by row and the beginning of a check's name, where it was seen red
 */
record SeenRed(Map<String, String> where) {

  private static final String FILE = "seen-red.yaml";

  /** What the file says. */
  static SeenRed load() throws IOException {
    try (InputStream in = SeenRed.class.getResourceAsStream(FILE)) {
      return new SeenRed(
          new YAMLMapper().readValue(in, new TypeReference<LinkedHashMap<String, String>>() {}));
    }
  }

  /** The rows that are there as a whole. */
  Set<String> rows() {
    return where.keySet().stream().filter(Requirement::isId).collect(Collectors.toSet());
  }

  /** The keys that are there for single checks. */
  Set<String> checks() {
    return where.keySet().stream()
        .filter(key -> !Requirement.isId(key))
        .collect(Collectors.toSet());
  }

  /** Whether a check of a row was seen red elsewhere. */
  boolean covers(String id, String check) {
    String whole = id + " " + check;
    return checks().stream().anyMatch(whole::startsWith);
  }
}
