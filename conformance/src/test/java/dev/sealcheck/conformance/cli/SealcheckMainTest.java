package dev.sealcheck.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.target.TestUser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealcheckMainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsTheShortHelpWithoutArguments() {
    assertThat(execute()).isZero();
    assertThat(out.toString()).contains("Usage: sealcheck").contains("run").contains("serve");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run", "serve", "list", "explain", "docs"})
  void helpsAndTellsItsVersionEverywhere(String command) {
    assertThat(execute((command + " --help").strip().split(" ", -1))).isZero();
    assertThat(execute((command + " --version").strip().split(" ", -1))).isZero();
    assertThat(out.toString()).contains("Usage: sealcheck").contains("sealcheck development");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run --bogus                           | Unknown option: '--bogus'",
        "bogus                                 | bogus",
        "run --token-file tokens               | --token-file needs --proxy",
        "run --proxy ftp://h                   | the address of a proxy is",
        "run --proxy http://h?q=1              | the address of a proxy is",
        "run --proxy http://h --token-file /no/such/file | the token file cannot be read",
        "run --node http://h                   | to test a node, add its X25519 key (--node-key",
        "run --node-key abc                    | --node-key: must be canonical base64",
        "run --node ftp://h                    | --node: the address of a node is",
        "run --proxy-key-file /no/such/file    | the key file cannot be read",
        "run --engine-port 5                   | --engine-port needs --proxy or --node",
        "run --profile /no/such/file           | the profile cannot be read",
        "run --max-requests 0                  | a run makes 1 request or more, got 0",
        "run --rate -1                         | a rate is 0 or more requests per second",
        "run --max-tokens 0                    | an answer has 1 token or more, got 0",
        "list --role nobody                    | --role",
        "docs --out /no/such/dir/f             | --out cannot be written",
        "run --id NO-01                        | no requirement has the id NO-01",
        "run --tags ((                         | the tag expression cannot be read",
        "run --class soft                      | --class",
        "run --seed x                          | --seed",
        "run --timeout 0                       | --timeout is 1 to 3600 seconds, got 0",
        "run --report-dir /dev/null/x          | --report-dir cannot be made",
        "serve --fault no-such-fault           | no fault is called no-such-fault",
        "serve --ready-file /no/such/dir/f     | there is no directory",
        "explain                               | ID",
        "explain NO-01                         | no requirement has the id NO-01"
      })
  void endsWithTwoAndOneLineForWrongUsage(String arguments, String message) {
    assertThat(execute(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString().lines().findFirst().orElse("")).startsWith("sealcheck: ");
    assertThat(err.toString()).contains(message);
    assertThat(err.toString().lines()).hasSize(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void endsWithFourWhereNothingListens(@TempDir Path directory) throws IOException {
    Path tokens = Files.writeString(directory.resolve("tokens"), "sk-hidden\n");
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    int code =
        execute("run", "--proxy", "http://127.0.0.1:" + port, "--token-file", tokens.toString());

    assertThat(code).isEqualTo(4);
    assertThat(err.toString().lines()).singleElement().asString().contains("no HTTP answer from");
    assertThat(out.toString())
        .as("what the run may cost is said before the first request")
        .contains("any number of requests")
        .contains("withheld: costly, disturbing, slow");
    assertThat(out.toString() + err).doesNotContain("sk-hidden");
  }

  @Test
  void listsEveryRow() {
    assertThat(execute("list")).isZero();
    assertThat(out.toString().lines().filter(line -> line.matches("[A-Z]+-[0-9]{2} .*")))
        .hasSize(124);
    assertThat(out.toString()).containsPattern("ENC-03 +MUST +hardened +deployment +tested ");
    assertThat(out.toString()).containsPattern("CLI-01 +MUST +hardened +client +excluded ");
    assertThat(out.toString()).contains("Locks: 13 requirements").contains("124 requirements, ");
  }

  @Test
  void listsOnlyWhatWasAskedFor() {
    assertThat(execute("list", "--class", "core", "--level", "must", "--role", "node")).isZero();
    assertThat(out.toString().lines().filter(line -> line.matches("[A-Z]+-[0-9]{2} .*")))
        .isNotEmpty()
        .allMatch(line -> line.matches("[A-Z]+-[0-9]{2} +MUST +core +node .*"));
  }

  @Test
  void listsExcludedRowsWithTheirReasons() {
    assertThat(execute("list", "--excluded", "--tag", "hardening")).isZero();
    assertThat(out.toString())
        .containsPattern("CLI-01 .*\\R {9}\\S")
        .doesNotContain(" tested ")
        .doesNotContain("ENC-03");
  }

  @Test
  void explainsARow() {
    assertThat(execute("explain", "ENC-03")).isZero();
    assertThat(out.toString())
        .contains("statement")
        .contains("why")
        .contains("fix")
        .contains("source")
        .contains("A stream of many events")
        .contains("(features/sealing.feature:")
        .contains("sealcheck run --id ENC-03");
  }

  @Test
  void explainsAnExcludedRowWithTheReason() {
    assertThat(execute("explain", "cli-01")).isZero();
    assertThat(out.toString()).contains("not tested").doesNotContain("--id CLI-01");
  }

  @Test
  void namesAnOutlineOnceWithTheNumberOfItsExamples() {
    assertThat(execute("explain", "REQ-01")).isZero();
    assertThat(out.toString())
        .containsOnlyOnce("The <field> is missing, ")
        .contains(" examples (features/envelope.feature)");
  }

  @Test
  void writesThePageOfRequirements(@TempDir Path directory) throws IOException {
    Path page = directory.resolve("page.md");

    assertThat(execute("docs", "--out", page.toString())).isZero();
    assertThat(Files.readString(page)).contains("### ENC-03 ");
  }

  @Test
  void endsWithTwoAndALineForEachErrorOfAProfile(@TempDir Path directory) throws IOException {
    Path profile =
        Files.writeString(directory.resolve("p.yaml"), "proxi: http://h\nengine_port: 70000\n");

    assertThat(execute("run", "--profile", profile.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "sealcheck: engine_port: must be 65535 or less",
            "sealcheck: proxi: there is no such key",
            "Try 'sealcheck run --help'.");
  }

  @Test
  void refusesAProfileThatNamesNoTarget(@TempDir Path directory) throws IOException {
    Path profile = Files.writeString(directory.resolve("p.yaml"), "allow: [slow]\n");

    assertThat(execute("run", "--profile", profile.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("the profile names no target");
  }

  @Test
  void takesATokenForEachUserFromTheFile(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("tokens"), "one\n\n  two\r\n");

    assertThat(Tokens.users(Optional.of(file), "ignored"))
        .extracting(TestUser::token)
        .containsExactly(new BearerToken("one"), new BearerToken("two"));
  }

  @Test
  void takesTheTokenFromTheEnvironmentWithoutAFile() {
    assertThat(Tokens.users(Optional.empty(), "one"))
        .extracting(TestUser::token)
        .containsExactly(new BearerToken("one"));
    assertThatThrownBy(() -> Tokens.users(Optional.empty(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SEALCHECK_TOKEN");
  }

  @Test
  void refusesATokenThatNoHeaderCanCarryWithoutShowingIt() {
    assertThatThrownBy(() -> Tokens.users(Optional.empty(), "sk hidden"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hidden");
  }

  private int execute(String... arguments) {
    return SealcheckMain.execute(new PrintWriter(out), new PrintWriter(err), arguments);
  }
}
