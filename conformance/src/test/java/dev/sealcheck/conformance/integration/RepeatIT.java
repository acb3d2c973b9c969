package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.integration.SuiteProcess.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default run: every row passes, and a second run with the same seed says the same. */
class RepeatIT {

  private static final String SEED = "20261122";

  /** When, how long, and on which of the free ports: all that may differ. */
  private static final List<String> OF_THE_RUN = List.of("started", "duration_millis", "target");

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
    assertThat(withoutTimes(second)).isEqualTo(withoutTimes(first));
  }

  private ObjectNode run(String name) throws IOException, InterruptedException {
    Path own = Files.createDirectory(directory.resolve(name));
    Finished finished =
        SuiteProcess.run(own, "run", "--seed", SEED, "--report-dir", own.toString());
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    return (ObjectNode) new ObjectMapper().readTree(own.resolve("results.json").toFile());
  }

  private static ObjectNode withoutTimes(ObjectNode results) {
    results.remove(OF_THE_RUN);
    for (JsonNode row : results.path("requirements")) {
      for (JsonNode test : row.path("tests")) {
        ((ObjectNode) test).remove("millis");
      }
    }
    return results;
  }
}
