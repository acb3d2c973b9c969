package dev.sealcheck.conformance.vector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of vectors in the shape of Wycheproof's first schema version.
 *
 * @param name without folder and ending
 * @param cases in their order
 */
public record VectorFile(String name, List<VectorCase> cases) {
  /** Far above any file of this kind. */
  private static final int MAX_BYTES = 32 << 20;

  private static final String ENDING = ".json";

  /** The files that are part of the suite, in the order in which a person would read them. */
  private static final List<String> SHIPPED =
      List.of(
          "x25519",
          "hkdf",
          "seal",
          "hash",
          "signature",
          "key-binding",
          "base64",
          "request",
          "answer",
          "stream");

  /** Copies the list. */
  public VectorFile {
    cases = List.copyOf(cases);
  }

  /** The files that are part of the suite. */
  public static List<VectorFile> shipped() {
    return SHIPPED.stream().map(VectorFile::shipped).toList();
  }

  /**
   * One of the files that are part of the suite.
   *
   * @throws VectorFileException if there is none of this name
   */
  public static VectorFile shipped(String name) {
    if (!SHIPPED.contains(name)) {
      throw new VectorFileException("no file of vectors is called " + name + ": " + SHIPPED);
    }
    try (InputStream input = VectorFile.class.getResourceAsStream("/vectors/" + name + ENDING)) {
      return parse(name, Bytes.owning(input.readAllBytes()));
    } catch (IOException broken) {
      throw new UncheckedIOException("the suite's own " + name + ENDING, broken);
    }
  }

  /**
   * A file on disk.
   *
   * @throws VectorFileException if it cannot be read, is too large or has another shape
   */
  public static VectorFile read(Path path) {
    Path fileName = path.getFileName();
    String name = fileName == null ? path.toString() : fileName.toString();
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new VectorFileException(path + " has more than " + MAX_BYTES + " bytes");
      }
      return parse(
          name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name,
          Bytes.owning(Files.readAllBytes(path)));
    } catch (IOException unreadable) {
      throw new VectorFileException(path + " cannot be read");
    }
  }

  private static VectorFile parse(String name, Bytes json) {
    JsonNode content;
    try {
      content = StrictJson.parse(json);
    } catch (MalformedAnswer notJson) {
      throw new VectorFileException(name + " is no JSON: it " + notJson.rule());
    }
    List<VectorCase> cases = new ArrayList<>();
    for (JsonNode group : content.path("testGroups")) {
      group.path("tests").forEach(test -> cases.add(new VectorCase(name, group, test)));
    }
    int announced = content.path("numberOfTests").asInt(-1);
    if (cases.isEmpty() || cases.size() != announced) {
      throw new VectorFileException(
          name + " has " + cases.size() + " cases and announces " + announced);
    }
    return new VectorFile(name, cases);
  }

  /**
   * The case of this number.
   *
   * @throws VectorFileException if there is none
   */
  public VectorCase find(String number) {
    return cases.stream()
        .filter(one -> one.test().path("tcId").asText().equals(number))
        .findFirst()
        .orElseThrow(
            () ->
                new VectorFileException(
                    name + " has no case " + number + ", but " + cases.size() + " others"));
  }
}
