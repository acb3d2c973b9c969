package dev.sealcheck.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealcheck.conformance.report.ClassResult.Standing;
import dev.sealcheck.conformance.requirement.Level;
import dev.sealcheck.conformance.requirement.Requirement;
import dev.sealcheck.conformance.requirement.RequirementClass;
import dev.sealcheck.conformance.requirement.Role;
import dev.sealcheck.conformance.requirement.Tag;
import dev.sealcheck.conformance.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunResultTest {

  @ParameterizedTest
  @CsvSource({
    "MUST PASS, 0",
    "MUST FAIL, 1",
    "MUST HUNG, 1",
    "MUST NOT_RUN, 3",
    "MUST HARNESS_ERROR, 3",
    "MUST WARN, 0",
    "MUST NOT_APPLICABLE, 0",
    "MUST PASS; SHOULD WARN, 0",
    "MUST PASS; MAY INFO, 0",
    "MUST PASS; SHOULD NOT_RUN, 0",
    "MUST PASS; SHOULD HARNESS_ERROR, 0",
    "MUST NOT_RUN; MUST FAIL, 1",
    "MUST HARNESS_ERROR; MUST HUNG, 1",
    "'', 3"
  })
  void endsWithTheExitCodeOfItsRows(String rows, int exitCode) {
    List<RequirementResult> results =
        Arrays.stream(rows.split(";", -1))
            .filter(row -> !row.isBlank())
            .map(row -> row.strip().split(" ", -1))
            .map(row -> row("ENC-01", Level.valueOf(row[0]), Verdict.valueOf(row[1])))
            .toList();

    assertThat(result(results, List.of()).conformance().exitCode()).isEqualTo(exitCode);
  }

  @Test
  void isIncompleteWhereTheSuiteItselfHadAProblem() {
    RunResult result = result(List.of(row("ENC-01", Level.MUST, Verdict.PASS)), List.of("oh"));

    assertThat(result.conformance()).isEqualTo(Conformance.INCOMPLETE);
  }

  @Test
  void keepsTheOrderInWhichExitCodesOutweighEachOther() {
    assertThat(Conformance.USAGE_EXIT_CODE).isEqualTo(2);
    assertThat(Conformance.values()).extracting(Conformance::exitCode).containsExactly(4, 1, 3, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "REACHED, REACHED, core+hardened",
    "REACHED, NOT_REACHED, core",
    "REACHED, NOT_JUDGED, core",
    "NOT_REACHED, REACHED, neither",
    "NOT_REACHED, NOT_REACHED, neither",
    "NOT_JUDGED, REACHED, not judged: filtered",
    "NOT_JUDGED, NOT_JUDGED, not judged: filtered"
  })
  void namesTheClassReached(Standing core, Standing hardened, String words) {
    RunResult result = result(List.of(), List.of(), core, hardened);

    assertThat(result.classReached()).isEqualTo(words);
  }

  @Test
  void writesTheKeysThatReadersRelyOn(@TempDir Path directory) throws IOException {
    RunResult result =
        result(List.of(row("ENC-01", Level.MUST, Verdict.FAIL)), List.of("a problem"));

    Path file = ResultsJson.write(result, directory.resolve("a/b"));
    JsonNode json = new ObjectMapper().readTree(file.toFile());

    assertThat(file).hasFileName("results.json");
    assertThat(json.path("suite_version").textValue()).isEqualTo("1.2.3");
    assertThat(json.path("target").textValue()).isEqualTo("http://127.0.0.1:1");
    assertThat(json.path("seed").longValue()).isEqualTo(42);
    assertThat(json.path("verdict").textValue()).isEqualTo("not conformant");
    assertThat(json.path("class_reached").textValue()).isEqualTo("core");
    assertThat(json.path("duration_millis").longValue()).isEqualTo(1500);
    assertThat(json.at("/classes/core/rows").intValue()).isEqualTo(51);
    assertThat(json.at("/classes/core/tested").intValue()).isEqualTo(19);
    JsonNode row = json.at("/requirements/0");
    assertThat(row.path("id").textValue()).isEqualTo("ENC-01");
    assertThat(row.path("level").textValue()).isEqualTo("MUST");
    assertThat(row.path("class").textValue()).isEqualTo("core");
    assertThat(row.path("verdict").textValue()).isEqualTo("FAIL");
    assertThat(row.path("reason").textValue()).isEqualTo("a reason");
    assertThat(row.at("/tests/0/expected").textValue()).isEqualTo("one thing");
    assertThat(row.at("/tests/0/seen").textValue()).isEqualTo("another\u001b[31m");
    assertThat(row.at("/tests/0/millis").longValue()).isEqualTo(12);
    assertThat(json.at("/excluded/0/id").textValue()).isEqualTo("CLI-01");
    assertThat(json.at("/excluded/0/reason").textValue()).isEqualTo("later");
    assertThat(json.at("/problems/0").textValue()).isEqualTo("a problem");
  }

  @Test
  void printsAFailureWithStatementExpectedAndSeen() {
    String text = print(result(List.of(row("ENC-01", Level.MUST, Verdict.FAIL)), List.of()));

    assertThat(text)
        .contains("FAIL           ENC-01  A title (MUST, core)")
        .contains("A statement.")
        .contains("expected  one thing")
        .contains("seen      another\ufffd[31m")
        .contains("sealcheck explain ENC-01")
        .contains("NOT CONFORMANT, class: core")
        .contains("seed 42")
        .doesNotContain("\u001b");
  }

  @Test
  void printsAGreenRunInAtMostTwentyFiveLines() {
    List<RequirementResult> rows = new ArrayList<>();
    IntStream.range(10, 99).forEach(i -> rows.add(row("ENC-" + i, Level.MUST, Verdict.PASS)));

    String text = print(result(rows, List.of()));

    assertThat(text.lines()).hasSizeLessThanOrEqualTo(25);
    assertThat(text)
        .contains("CONFORMANT, class: core (core, 19 of 51 tested")
        .contains("core      89 PASS");
  }

  private static String print(RunResult result) {
    StringWriter text = new StringWriter();
    new TerminalReport(new PrintWriter(text)).print(result);
    return text.toString();
  }

  private static RunResult result(List<RequirementResult> rows, List<String> problems) {
    return result(rows, problems, Standing.REACHED, Standing.NOT_REACHED);
  }

  private static RunResult result(
      List<RequirementResult> rows, List<String> problems, Standing core, Standing hardened) {
    return new RunResult(
        "1.2.3",
        URI.create("http://127.0.0.1:1"),
        42,
        Instant.EPOCH,
        Duration.ofMillis(1500),
        7,
        rows,
        List.of(requirement("CLI-01", Level.MUST, Optional.of("later"))),
        List.of(
            new ClassResult(RequirementClass.CORE, 51, 19, core),
            new ClassResult(RequirementClass.HARDENED, 73, 4, hardened)),
        problems);
  }

  private static RequirementResult row(String id, Level level, Verdict verdict) {
    TestResult test =
        new TestResult(
            "a test", "a.feature:3", verdict, "a reason", "one thing", "another\u001b[31m", 12);
    return new RequirementResult(
        requirement(id, level, Optional.empty()), verdict, "a reason", List.of(test));
  }

  private static Requirement requirement(String id, Level level, Optional<String> excluded) {
    return new Requirement(
        id,
        "A title",
        "A statement.",
        level,
        RequirementClass.CORE,
        Tag.OBSERVED,
        "a source",
        Role.DEPLOYMENT,
        Optional.empty(),
        "why",
        "fix",
        Optional.empty(),
        excluded);
  }
}
