package dev.sealcheck.conformance.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sealcheck.conformance.vector.Outcome.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of vectors/: what they hold, and that the suite's client agrees with every case. */
class VectorFilesTest {
  private static final Path FOLDER = Path.of("..", "vectors");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void agreesWithEveryCase(String name) {
    FileReport report = FileReport.of(VectorFile.shipped(name));

    assertThat(report.details(Kind.DIFFERS)).isEmpty();
    assertThat(report.count(Kind.AGREES)).isEqualTo(report.outcomes().size());
  }

  @ParameterizedTest
  @MethodSource("names")
  void differsFromEveryCaseThatExpectsAnotherVerdict(String name) {
    for (VectorCase one : VectorFile.shipped(name).cases()) {
      ObjectNode spoilt = one.test().deepCopy();
      spoilt.put("result", "invalid").put("error", one.expected() + "_OTHER");
      assertThat(Outcome.of(new VectorCase(name, one.group(), spoilt)).kind())
          .as(one.toString())
          .isEqualTo(Kind.DIFFERS);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void followsItsClosedSchema(String name) throws IOException {
    JsonNode file = read(name + ".json");
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(read(file.path("schema").textValue()));
    assertThat(schema.validate(file)).isEmpty();
    ((ObjectNode) file.at("/testGroups/0/tests/0")).put("unheardOf", 1);
    assertThat(schema.validate(file)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void numbersItsCasesOnceAndExplainsEachFlag(String name) throws IOException {
    Set<String> flags = new TreeSet<>();
    Set<Integer> numbers = new HashSet<>();
    List<VectorCase> cases = VectorFile.shipped(name).cases();
    for (VectorCase one : cases) {
      one.test().path("flags").forEach(flag -> flags.add(flag.textValue()));
      numbers.add(one.integer("tcId"));
    }
    Set<String> explained = new TreeSet<>();
    read(name + ".json").path("notes").fieldNames().forEachRemaining(explained::add);
    assertThat(flags).isEqualTo(explained);
    assertThat(numbers).hasSameSizeAs(cases);
  }

  @Test
  void holdsManyCasesAndManyOfThemInvalid() throws IOException {
    List<VectorCase> cases =
        VectorFile.shipped().stream().flatMap(file -> file.cases().stream()).toList();

    assertThat(VectorFile.shipped()).extracting(VectorFile::name).hasSameElementsAs(names());
    assertThat(cases).hasSizeGreaterThanOrEqualTo(1353);
    assertThat(cases).filteredOn(VectorCase::namesError).hasSizeGreaterThanOrEqualTo(971);
  }

  /** Holds where there is no Node.js too: {@link VectorsRegenerateTest} asks the generator. */
  @Test
  void hasTheDigestsThatStandBesideTheFiles() throws IOException, NoSuchAlgorithmException {
    Map<String, String> found = new TreeMap<>();
    for (Path folder : List.of(FOLDER, FOLDER.resolve("schemas"))) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
          byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
          found.put(
              FOLDER.relativize(file).toString().replace('\\', '/'),
              HexFormat.of().formatHex(digest));
        }
      }
    }
    Map<String, String> committed = new TreeMap<>();
    for (String line : Files.readAllLines(FOLDER.resolve("SHA256SUMS"))) {
      String[] words = line.split("  ", 2);
      committed.put(words[1], words[0]);
    }
    assertThat(found).isEqualTo(committed);
  }

  private static JsonNode read(String name) throws IOException {
    return JSON.readTree(Files.readString(FOLDER.resolve(name)));
  }
}
