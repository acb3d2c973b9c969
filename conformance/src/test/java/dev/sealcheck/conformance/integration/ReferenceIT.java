package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealcheck.conformance.integration.SuiteProcess.Finished;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line against the reference, sound and with a planted fault. */
class ReferenceIT {

  private static final int USERS = 6;
  private static final int LIMIT_SECONDS = 30;

  private static ReferenceDeployment reference;

  @TempDir private Path directory;

  @BeforeAll
  static void startReference() throws InterruptedException {
    reference = ReferenceDeployment.start(USERS, Optional.empty(), SuiteClock.system());
  }

  @AfterAll
  static void stopReference() {
    if (reference != null) {
      reference.close();
    }
  }

  @Test
  void everyRowThatAClientCanJudgePassesAgainstTheReference()
      throws IOException, InterruptedException {
    Finished finished = test(reference);

    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    assertThat(finished.out()).contains("CONFORMANT, class: core+hardened");
    assertThat(finished.err()).isEmpty();
    JsonNode results = results();
    assertThat(verdicts(results).keySet())
        .containsExactlyElementsOf(InProcess.testedIds())
        .hasSize(112);
    // Its built-in engine cannot be scripted, and the run was told of nothing but tokens.
    assertThat(verdicts(results).values()).containsOnly("PASS", "NOT_APPLICABLE");
    assertThat(verdicts(results).values().stream().filter("PASS"::equals).count())
        .isGreaterThan(50);
    assertThat(results.path("suite_version").asText()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    assertThat(results.path("target").asText()).isEqualTo(reference.proxy().toString());
    assertThat(results.path("seed").isIntegralNumber()).isTrue();
    assertThat(results.path("verdict").asText()).isEqualTo("conformant");
    assertThat(results.path("class_reached").asText()).isEqualTo("core+hardened");
    assertThat(results.path("requirements"))
        .allSatisfy(
            row ->
                assertThat(List.of("id", "level", "class", "verdict", "reason"))
                    .allSatisfy(key -> assertThat(row.path(key).isTextual()).as(key).isTrue()));
    assertNoTokenIn(reference, finished);
  }

  @Test
  void onlyTheStreamNonceFailsWhereTheNodeReusesIt() throws IOException, InterruptedException {
    try (ReferenceDeployment faulty =
        ReferenceDeployment.start(USERS, Optional.of("stream-nonce-reuse"), SuiteClock.system())) {
      Finished finished = test(faulty);

      assertThat(finished.exitCode()).as(finished.out() + finished.err()).isEqualTo(1);
      assertThat(finished.out()).contains("FAIL").contains("expected").contains("seen");
      JsonNode results = results();
      Map<String, String> others = verdicts(results);
      assertThat(others.remove("ENC-03")).isEqualTo("FAIL");
      assertThat(others.values()).containsOnly("PASS", "NOT_APPLICABLE");
      assertThat(results.path("verdict").asText()).isEqualTo("not conformant");
      assertThat(results.path("class_reached").asText()).isEqualTo("core");
      JsonNode failed = row(results, "ENC-03").path("tests").path(0);
      assertThat(failed.path("expected").asText()).contains("a nonce of its own");
      assertThat(failed.path("seen").asText()).contains("only 1 of them different");
      assertNoTokenIn(faulty, finished);
    }
  }

  @ParameterizedTest
  @CsvSource({"--tags, @nothing, 3", "--bogus, x, 2"})
  void saysWhenNothingCanBeTested(String option, String value, int exitCode)
      throws IOException, InterruptedException {
    List<String> arguments = arguments(reference);
    arguments.addAll(List.of(option, value));

    Finished finished = SuiteProcess.run(directory, arguments.toArray(String[]::new));

    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isEqualTo(exitCode);
    assertNoTokenIn(reference, finished);
  }

  @Test
  void endsWithFourWhereNothingListens() throws IOException, InterruptedException {
    List<String> arguments = arguments(reference);
    arguments.set(2, closedAddress());

    Finished finished = SuiteProcess.run(directory, arguments.toArray(String[]::new));

    assertThat(finished.exitCode()).isEqualTo(4);
    assertThat(finished.err().lines()).singleElement().asString().contains("no HTTP answer from");
    assertNoTokenIn(reference, finished);
  }

  @Test
  void startsTestsAndStopsAReferenceOfItsOwn() throws IOException, InterruptedException {
    Finished finished = SuiteProcess.run(directory, "run", "--id", "LOCK-01");

    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    assertThat(finished.out()).contains("(the reference)").contains("1 PASS");
    assertThat(SuiteProcess.temporary(directory)).isEmptyDirectory();
  }

  @Test
  void stopsItsReferenceWhenItIsAskedToEnd() throws Exception {
    try (SuiteProcess suite = SuiteProcess.start(directory, "run")) {
      suite.awaitLine("Sealcheck tests ");
      List<ProcessHandle> parts = suite.handle().children().toList();
      assertThat(parts).hasSize(3).allMatch(ProcessHandle::isAlive);

      suite.handle().destroy();

      awaitEnd(suite.handle());
      assertThat(parts).noneMatch(ProcessHandle::isAlive);
      assertThat(SuiteProcess.temporary(directory)).isEmptyDirectory();
    }
  }

  @Test
  void leavesNoReferenceBehindWhenItIsKilled() throws Exception {
    try (SuiteProcess suite = SuiteProcess.start(directory, "run")) {
      suite.awaitLine("Sealcheck tests ");
      List<ProcessHandle> parts = suite.handle().children().toList();
      assertThat(parts).hasSize(3);

      suite.handle().destroyForcibly();

      for (ProcessHandle part : parts) {
        awaitEnd(part);
      }
    }
  }

  private Finished test(ReferenceDeployment target) throws IOException, InterruptedException {
    List<String> arguments = arguments(target);
    arguments.addAll(List.of("--report-dir", directory.resolve("report").toString()));
    return SuiteProcess.run(directory, arguments.toArray(String[]::new));
  }

  private List<String> arguments(ReferenceDeployment target) throws IOException {
    Path tokens =
        Files.write(
            directory.resolve("tokens"),
            target.users().stream().map(user -> user.token().secret()).toList());
    return new ArrayList<>(
        List.of("run", "--proxy", target.proxy().toString(), "--token-file", tokens.toString()));
  }

  private JsonNode results() throws IOException {
    return new ObjectMapper().readTree(directory.resolve("report/results.json").toFile());
  }

  private void assertNoTokenIn(ReferenceDeployment target, Finished finished) throws IOException {
    Path results = directory.resolve("report/results.json");
    String written =
        finished.out() + finished.err() + (Files.exists(results) ? Files.readString(results) : "");
    for (TestUser user : target.users()) {
      assertThat(written).doesNotContain(user.token().secret());
    }
  }

  private static Map<String, String> verdicts(JsonNode results) {
    return results
        .path("requirements")
        .valueStream()
        .collect(
            Collectors.toMap(
                row -> row.path("id").asText(),
                row -> row.path("verdict").asText(),
                (one, other) -> one + " and " + other,
                LinkedHashMap::new));
  }

  private static JsonNode row(JsonNode results, String id) {
    return results
        .path("requirements")
        .valueStream()
        .filter(row -> row.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static String closedAddress() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + closed.getLocalPort();
    }
  }

  private static void awaitEnd(ProcessHandle process) throws Exception {
    process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
