package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.integration.SuiteProcess.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default run: every row passes, and a second run with the same seed says the same. */
class RepeatIT {

  private static final String SEED = "20261122";

  /**
   * When, how long, on which of the free ports, and how many requests: whoever waits for units to
   * come back asks until they are there. All that may differ.
   */
  private static final List<String> OF_THE_RUN =
      List.of("started", "duration_millis", "target", "requests");

  @TempDir private Path directory;

  @Test
  void theDefaultRunSaysTheSameTwice() throws Exception {
    ObjectNode first = run("first");
    ObjectNode second = run("second");

    assertThat(first.path("requirements"))
        .allSatisfy(
            row ->
                assertThat(row.path("verdict").asText())
                    .as(row.path("id").asText() + ": " + row.path("reason").asText())
                    .isEqualTo("PASS"));
    assertThat(rows(second)).containsExactlyElementsOf(rows(first));
    assertThat(rest(second)).isEqualTo(rest(first));
  }

  private ObjectNode run(String name) throws IOException, InterruptedException {
    Path own = Files.createDirectory(directory.resolve(name));
    Finished finished =
        SuiteProcess.run(own, "run", "--seed", SEED, "--report-dir", own.toString());
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    return (ObjectNode) new ObjectMapper().readTree(own.resolve("results.json").toFile());
  }

  /** Each on its own, so that a difference shows where it is. */
  private static List<JsonNode> rows(ObjectNode results) {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode row : results.path("requirements")) {
      for (JsonNode test : row.path("tests")) {
        ((ObjectNode) test).remove("millis");
      }
      rows.add(row);
    }
    return rows;
  }

  private static ObjectNode rest(ObjectNode results) {
    ObjectNode rest = results.deepCopy();
    rest.remove(OF_THE_RUN);
    rest.remove("requirements");
    return rest;
  }
}
