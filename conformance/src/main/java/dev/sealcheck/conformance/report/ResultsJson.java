package dev.sealcheck.conformance.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.requirement.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The result of a run for programs, as JSON. */
public final class ResultsJson {

  /** The name of the file in the report directory. */
  public static final String FILE_NAME = "results.json";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ResultsJson() {}

  /**
   * Writes {@value #FILE_NAME} into {@code directory}, which is made where it is missing, and
   * returns its path.
   *
   * @throws IOException if the directory or the file cannot be written
   */
  public static Path write(RunResult result, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(FILE_NAME);
    Files.write(file, MAPPER.writeValueAsBytes(tree(result)));
    return file;
  }

  /** The result as a JSON tree, keys in a fixed order. */
  public static ObjectNode tree(RunResult result) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("suite_version", result.suiteVersion());
    root.put("target", result.target().toString());
    root.put("seed", result.seed());
    root.put("started", result.started().toString());
    root.put("duration_millis", result.duration().toMillis());
    root.put("requests", result.requests());
    root.put("verdict", result.conformance().label());
    root.put("exit_code", result.conformance().exitCode());
    root.put("class_reached", result.classReached());
    ObjectNode counts = root.putObject("counts");
    result.counts().forEach((verdict, count) -> counts.put(verdict.name(), count));
    ObjectNode classes = root.putObject("classes");
    result.classes().forEach(one -> addClass(classes, one));
    ArrayNode requirements = root.putArray("requirements");
    result.requirements().forEach(row -> addRow(requirements.addObject(), row));
    ArrayNode excluded = root.putArray("excluded");
    for (Requirement row : result.excluded()) {
      addIdentity(excluded.addObject(), row).put("reason", row.excluded().orElse(""));
    }
    ArrayNode problems = root.putArray("problems");
    result.problems().forEach(problems::add);
    return root;
  }

  private static void addClass(ObjectNode classes, ClassResult one) {
    ObjectNode node = classes.putObject(one.requirementClass().label());
    node.put("rows", one.rows());
    node.put("tested", one.tested());
    node.put("standing", one.standing().name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private static void addRow(ObjectNode node, RequirementResult row) {
    addIdentity(node, row.requirement());
    node.put("verdict", row.verdict().name());
    node.put("reason", row.reason());
    row.requirement().partial().ifPresent(partial -> node.put("partial", partial));
    ArrayNode tests = node.putArray("tests");
    for (TestResult test : row.tests()) {
      ObjectNode one = tests.addObject();
      one.put("name", test.name());
      one.put("location", test.location());
      one.put("verdict", test.verdict().name());
      one.put("reason", test.reason());
      one.put("expected", test.expected());
      one.put("seen", test.seen());
      one.put("millis", test.millis());
    }
  }

  private static ObjectNode addIdentity(ObjectNode node, Requirement row) {
    return node.put("id", row.id())
        .put("title", row.title())
        .put("level", row.level().label())
        .put("class", row.requirementClass().label());
  }
}
