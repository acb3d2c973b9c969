package dev.sealcheck.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.profile.NodeAccess;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.profile.Profile;
import dev.sealcheck.conformance.target.TestUser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TargetOptionsTest {

  private static final String NODE_KEY = new X25519PublicKey(Bytes.random(32)).base64();

  @TempDir private Path directory;
  private Path profile;
  private Path tokens;
  private Path pem;

  @BeforeEach
  void writeFiles() throws IOException {
    tokens = Files.writeString(directory.resolve("tokens"), "sk-file\n");
    Files.writeString(directory.resolve("users"), "sk-one\nsk-two\n");
    Files.writeString(directory.resolve("poor"), "sk-poor\n");
    pem = Files.writeString(directory.resolve("proxy.pem"), SigningPair.generate().pem());
    profile =
        Files.writeString(
            directory.resolve("profile.yaml"),
            """
            proxy: https://a.example/
            models: {chat: of/profile}
            users: {tokens: [users], poor: poor}
            allow: [costly]
            engine_port: 7000
            """);
  }

  @Test
  void namesTheReferenceWithoutOptions() {
    assertThat(given(null)).isEmpty();
  }

  @Test
  void takesEverythingFromAProfile() {
    TargetOptions.Given given = given(null, "--profile", profile.toString()).orElseThrow();

    assertThat(given.proxy()).contains(URI.create("https://a.example"));
    assertThat(given.users())
        .extracting(TestUser::token)
        .containsExactly(new BearerToken("sk-one"), new BearerToken("sk-two"));
    assertThat(given.profile().offer().chat()).contains("of/profile");
    assertThat(given.profile().allowed()).containsExactly(Permission.COSTLY);
    assertThat(given.profile().enginePort()).hasValue(7000);
    assertThat(given.profile().node()).isEmpty();
  }

  @Test
  void letsOptionsOutweighTheProfile() {
    TargetOptions.Given given =
        given(
                null,
                "--profile",
                profile.toString(),
                "--proxy",
                "http://b.example",
                "--token-file",
                tokens.toString(),
                "--model",
                "of/option",
                "--engine-port",
                "7001",
                "--slow")
            .orElseThrow();

    assertThat(given.proxy()).contains(URI.create("http://b.example"));
    assertThat(given.users())
        .extracting(TestUser::token)
        .containsExactly(new BearerToken("sk-file"));
    assertThat(given.profile().offer().chat()).contains("of/option");
    assertThat(given.profile().enginePort()).hasValue(7001);
    assertThat(given.profile().allowed())
        .containsExactlyInAnyOrder(Permission.COSTLY, Permission.SLOW);
  }

  @Test
  void takesTheTokenFromTheEnvironmentLast() {
    TargetOptions.Given given = given("sk-env", "--proxy", "http://b.example").orElseThrow();

    assertThat(given.users())
        .extracting(TestUser::token)
        .containsExactly(new BearerToken("sk-env"));
    assertThat(given.profile()).isEqualTo(Profile.unknown());
  }

  @Test
  void completesTheNodeOfAProfile() throws IOException {
    Path half =
        Files.writeString(
            directory.resolve("half.yaml"),
            "node: {url: 'http://n.example/', proxy_key_file: proxy.pem}\nmodels: {chat: m}\n");

    NodeAccess node =
        given(null, "--profile", half.toString(), "--node-key", NODE_KEY)
            .orElseThrow()
            .profile()
            .requireNode();

    assertThat(node.url()).isEqualTo(URI.create("http://n.example"));
    assertThat(node.key().base64()).isEqualTo(NODE_KEY);
  }

  @Test
  void takesANodeWithoutAProxyAndWithoutUsers() {
    TargetOptions.Given given = given(null, node("--model", "m")).orElseThrow();

    assertThat(given.proxy()).isEmpty();
    assertThat(given.users()).isEmpty();
    assertThat(given.profile().node()).isPresent();
  }

  @Test
  void refusesANodeAloneWithoutAModel() {
    assertThatThrownBy(() -> given(null, node()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--model");
  }

  @Test
  void refusesATokenFileForANodeAlone() {
    assertThatThrownBy(() -> given(null, node("--token-file", tokens.toString(), "--model", "m")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--token-file needs --proxy");
  }

  @Test
  void refusesAnOrdinaryUserWhoIsASpecialOneToo() throws IOException {
    Files.writeString(tokens, "sk-poor\n");

    assertThatThrownBy(
            () -> given(null, "--profile", profile.toString(), "--token-file", tokens.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("users.poor")
        .hasMessageNotContaining("sk-");
  }

  private String[] node(String... more) {
    String[] node = {
      "--node", "http://n.example", "--node-key", NODE_KEY, "--proxy-key-file", pem.toString()
    };
    String[] all = Arrays.copyOf(node, node.length + more.length);
    System.arraycopy(more, 0, all, node.length, more.length);
    return all;
  }

  private static Optional<TargetOptions.Given> given(String environment, String... arguments) {
    TargetOptions options = new TargetOptions();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("target", mixin(options)))
        .parseArgs(arguments);
    return options.given(environment);
  }

  private static CommandLine.Model.CommandSpec mixin(TargetOptions options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
  }
}
