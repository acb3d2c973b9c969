package dev.sealcheck.protocol.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a configuration file: one YAML mapping, no key twice, nothing unknown. */
public final class YamlFile {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private YamlFile() {}

  /**
   * The mapping in {@code file}.
   *
   * @throws IOException if it cannot be read or is no mapping; the message names file and place
   */
  public static ObjectNode read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("the configuration file " + file + " cannot be read");
    }
    try {
      JsonNode node = MAPPER.readTree(Files.readAllBytes(file));
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + " is no valid YAML at line " + lineOf(e) + ": " + e.getOriginalMessage(), e);
    }
    throw new IOException(file + " must hold a YAML mapping");
  }

  /**
   * One part of a configuration as a typed value.
   *
   * @throws IOException if a field is unknown, missing or of another type; the message says which
   */
  public static <T> T as(Class<T> type, JsonNode part, String what) throws IOException {
    try {
      return MAPPER.treeToValue(part, type);
    } catch (JsonProcessingException e) {
      throw new IOException(what + ": " + e.getOriginalMessage(), e);
    }
  }

  private static int lineOf(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }
}
