package dev.sealcheck.protocol.vector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One case of a file of vectors.
 *
 * @param file the name of the file without its ending
 * @param group what the cases of its group share
 * @param test the case itself
 */
public record VectorCase(String file, JsonNode group, JsonNode test) {

  private static final Path FOLDER = Path.of("..", "vectors");

  /** The cases of all groups of one type, in their order; at least one. */
  public static List<VectorCase> all(String file, String type) {
    List<VectorCase> cases = new ArrayList<>();
    try {
      JsonNode content =
          new ObjectMapper().readTree(Files.readString(FOLDER.resolve(file + ".json")));
      for (JsonNode group : content.path("testGroups")) {
        if (group.path("type").textValue().equals(type)) {
          group.path("tests").forEach(test -> cases.add(new VectorCase(file, group, test)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("no group of type " + type + " in " + file);
    }
    return cases;
  }

  /** Whether the bytes are to be taken. */
  public boolean isValid() {
    return text("result").equals("valid");
  }

  /** What must come out: the class of the error, or {@code valid}. */
  public String expected() {
    return isValid() ? "valid" : text("error");
  }

  /** A text of the case, or of its group where the case has none. */
  public String text(String name) {
    JsonNode value = test.has(name) ? test.get(name) : group.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(this + " has no text " + name);
    }
    return value.textValue();
  }

  /** The bytes of a text in hex. */
  public byte[] hex(String name) {
    return HexFormat.of().parseHex(text(name));
  }

  /** Bytes that stand as text under {@code name}, or in hex under the name with Hex behind it. */
  public byte[] raw(String name) {
    return test.has(name) ? text(name).getBytes(UTF_8) : hex(name + "Hex");
  }

  @Override
  public String toString() {
    return file + ":" + test.path("tcId").intValue() + " " + test.path("comment").textValue();
  }
}
