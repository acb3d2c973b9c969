package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealcheck.conformance.integration.SuiteProcess.Finished;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.target.ReferenceOptions;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A deployment of which the suite knows a URL and one token, which serves chat only, and whose
 * engine says "ok" to everything: what cannot be tested there is called so, and nothing fails.
 */
class ChatOnlyIT {

  @TempDir private Path directory;

  @Test
  void saysWhatDoesNotApplyAndFailsNothing() throws Exception {
    try (OkEngine engine = new OkEngine();
        ReferenceDeployment deployment =
            ReferenceDeployment.start(options(engine), SuiteClock.system())) {
      // One token runs one check at a time, and most of them wait for locks to end: the classes run
      // beside each other, each with a token of its own.
      CompletableFuture<JsonNode> core = judged(deployment, 0, "core");
      CompletableFuture<JsonNode> hardened = judged(deployment, 1, "hardened");

      assertHonest(core.get());
      assertHonest(hardened.get());
      assertThat(engine.failures()).isEmpty();
    }
  }

  private static ReferenceOptions options(OkEngine engine) {
    return new ReferenceOptions(
        2,
        Optional.empty(),
        Optional.of(engine.base()),
        List.of(),
        List.of(),
        false,
        false,
        Optional.empty());
  }

  private CompletableFuture<JsonNode> judged(
      ReferenceDeployment deployment, int user, String onlyClass) {
    TestUser only = deployment.users().get(user);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            Path own = Files.createDirectory(directory.resolve(onlyClass));
            Path token = Files.writeString(own.resolve("token"), only.token().secret() + "\n");
            Finished finished =
                SuiteProcess.run(
                    own,
                    "run",
                    "--proxy",
                    deployment.proxy().toString(),
                    "--token-file",
                    token.toString(),
                    "--class",
                    onlyClass,
                    "--report-dir",
                    own.toString());
            assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
            return new ObjectMapper().readTree(own.resolve("results.json").toFile());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
          }
        },
        work -> new Thread(work, "suite-" + onlyClass).start());
  }

  private static void assertHonest(JsonNode results) {
    Set<String> verdicts =
        results
            .path("requirements")
            .valueStream()
            .map(row -> row.path("verdict").asText())
            .collect(Collectors.toSet());
    assertThat(verdicts).containsExactlyInAnyOrder("PASS", "NOT_APPLICABLE");
    assertThat(results.path("requirements"))
        .filteredOn(row -> row.path("verdict").asText().equals("NOT_APPLICABLE"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.path("reason").asText()).isNotBlank());
    assertThat(results.path("exit_code").asInt()).isZero();
  }
}
