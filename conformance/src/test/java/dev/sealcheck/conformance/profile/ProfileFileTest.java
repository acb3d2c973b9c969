package dev.sealcheck.conformance.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.exchange.BearerToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileFileTest {

  private static final String ADDRESS = "0x" + "0a".repeat(32);
  private static final SigningPair PROXY_KEY = SigningPair.generate();
  private static final SigningPair NODE_KEY = SigningPair.generate();

  @TempDir private Path directory;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.createDirectories(directory.resolve("keys"));
    Files.writeString(directory.resolve("tokens"), "sk-one\n\n sk-two\n");
    Files.writeString(directory.resolve("counting"), "sk-three\nsk-four\n");
    Files.writeString(directory.resolve("poor"), "sk-five\n");
    Files.writeString(directory.resolve("limited"), "sk-six\n");
    Files.writeString(directory.resolve("blank"), "\n \n");
    Files.writeString(directory.resolve("spaced"), "sk hidden\n");
    Files.writeString(directory.resolve("node.log"), "");
    Files.writeString(directory.resolve("keys/proxy.pem"), PROXY_KEY.pem());
    Files.writeString(directory.resolve("keys/node.pem"), NODE_KEY.pem());
  }

  @Test
  void readsEveryKey() throws IOException {
    X25519PublicKey key = new X25519PublicKey(Bytes.random(32));

    ProfileFile file =
        load(
            """
            proxy: https://confidential.example/api
            models: {chat: a/chat, other_chat: a/other, embeddings: a/embedder, images: a/painter}
            endpoints: [chat, completions, embeddings, images]
            users: {tokens: [tokens], counting: counting, poor: poor, limited: limited}
            limits:
              body_bytes: 1048576
              stack_units: 5000000000
              keep_alive_seconds: 1.5
              body_seconds: 30
              first_byte_seconds: 60
              requests_per_minute: 20
              concurrent: 8
            allow: [costly, slow]
            counts: {answers: 1, locks_in_turn: 2, locks_at_once: 3, resets: 4, burst: 5, tries: 6}
            node_addresses: {1: "%s"}
            node: {url: "http://10.0.0.5:8081", public_key: "%s", proxy_key_file: keys/proxy.pem, address: "%s"}
            engine_port: 9000
            scripted_nodes:
              - {id: 7, key_file: keys/node.pem, model: a/scripted, host: 0.0.0.0, port: 9001}
            logs: [node.log]
            metrics: ["http://127.0.0.1:9100/metrics"]
            """
                .formatted(ADDRESS, key.base64(), ADDRESS));

    assertThat(file.proxy()).contains(URI.create("https://confidential.example/api"));
    assertThat(file.tokens()).containsExactly(token("one"), token("two"));
    NodeAccess node = file.node().complete().orElseThrow();
    assertThat(node.url()).isEqualTo(URI.create("http://10.0.0.5:8081"));
    assertThat(node.key()).isEqualTo(key);
    assertThat(node.proxyKey().address()).isEqualTo(PROXY_KEY.address());
    assertThat(node.address()).contains(ADDRESS);
    Profile profile = file.profile();
    assertThat(profile.offer())
        .isEqualTo(
            new Offer(
                Optional.of("a/chat"),
                Optional.of("a/other"),
                Optional.of("a/embedder"),
                Optional.of("a/painter"),
                Set.of(Endpoint.values())));
    assertThat(profile.accounts().counting()).containsExactly(token("three"), token("four"));
    assertThat(profile.accounts().requirePoor()).isEqualTo(token("five"));
    assertThat(profile.accounts().requireLimited()).isEqualTo(token("six"));
    assertThat(profile.limits())
        .isEqualTo(
            new Limits(
                1_048_576,
                5_000_000_000L,
                Optional.of(Duration.ofMillis(1500)),
                Optional.of(Duration.ofSeconds(30)),
                Optional.of(Duration.ofSeconds(60)),
                OptionalInt.of(20),
                OptionalInt.of(8)));
    assertThat(profile.allowed()).containsOnly(Permission.COSTLY, Permission.SLOW);
    assertThat(profile.counts()).isEqualTo(new Counts(1, 2, 3, 4, 5, 6));
    assertThat(profile.nodeAddresses()).isEqualTo(Map.of(1L, ADDRESS));
    assertThat(profile.enginePort()).hasValue(9000);
    assertThat(profile.scriptedNodes()).hasSize(1);
    assertThat(profile.scriptedNodes().get(0).smallId()).isEqualTo(7);
    assertThat(profile.scriptedNodes().get(0).key().address()).isEqualTo(NODE_KEY.address());
    assertThat(profile.scriptedNodes().get(0).host()).isEqualTo("0.0.0.0");
    assertThat(profile.logs()).containsExactly(directory.resolve("node.log"));
    assertThat(profile.metrics()).containsExactly(URI.create("http://127.0.0.1:9100/metrics"));
    assertThat(profile.toString()).doesNotContain("sk-");
  }

  @Test
  void takesWhatIsNotToldForUnknown() throws IOException {
    ProfileFile file = load("users: {tokens: [tokens]}\n");

    assertThat(file.profile()).isEqualTo(Profile.unknown());
    assertThat(file.proxy()).isEmpty();
    assertThat(file.node().complete()).isEmpty();
  }

  @Test
  void takesTheEndpointsFromTheModelsWhereNoneAreListed() throws IOException {
    assertThat(load("models: {embeddings: e}").profile().offer().endpoints())
        .containsOnly(Endpoint.CHAT, Endpoint.EMBEDDINGS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "proxi: http://h                          | proxi: there is no such key",
        "users: {tokes: [tokens]}                 | users.tokes: there is no such key",
        "proxy: ftp://h                           | proxy: must be http:// or https://, a host",
        "proxy: http://u@h                        | proxy: must be http:// or https://, a host",
        "proxy: 'http://h_h'                      | proxy: has no host",
        "proxy: 5                                 | proxy: must be a text",
        "endpoints: [soup, chat]                  | endpoints[0]: must be one of chat, completions",
        "endpoints: [chat, chat]                  | endpoints: has an entry twice",
        "endpoints: []                            | endpoints: must have an entry",
        "endpoints: [images]                      | endpoints: must have chat",
        "{endpoints: [chat], models: {images: i}} | models.images: endpoints does not have images",
        "models: {chat: 'a b'}                    | models.chat: must be a name without spaces",
        "users: {tokens: tokens}                  | users.tokens: must be a list",
        "users: {tokens: [none]}                  | users.tokens[0]: names no file that can be read",
        "users: {tokens: [tokens, blank]}         | users.tokens[1]: there is no token in",
        "users: {tokens: [spaced]}                | users.tokens[0]: a token is 1 or more visible",
        "users: {tokens: [tokens, tokens]}        | users.tokens: holds a token twice",
        "users: {poor: poor, limited: poor}       | users.limited: holds a token twice, or one",
        "users: {poor: tokens}                    | users.poor: the file holds 2 tokens, not one",
        "limits: {body_bytes: 5000.5}             | limits.body_bytes: must be a whole number",
        "limits: {body_bytes: 1}                  | limits.body_bytes: must be 1024 or more",
        "limits: {keep_alive_seconds: 0}          | limits.keep_alive_seconds: must be more than 0",
        "limits: {keep_alive_seconds: 1e9}        | limits.keep_alive_seconds: must be 3600 or less",
        "limits: {keep_alive_seconds: '1'}        | limits.keep_alive_seconds: must be a number",
        "allow: [everything]                      | allow[0]: must be one of costly, disturbing, slow",
        "counts: {tries: 0}                       | counts.tries: must be 1 or more",
        "counts: 5                                | counts: must be a map of keys",
        "node_addresses: {1: 0x12}                | node_addresses.1: must be a text; put it in quotes",
        "node: {public_key: abc}                  | node.public_key: must be 32 bytes in base64",
        "node: {proxy_key_file: poor}             | node.proxy_key_file: not one PEM block",
        "engine_port: 65536                       | engine_port: must be 65535 or less",
        "scripted_nodes: [{id: 1, model: a}]      | scripted_nodes[0].key_file: is missing",
        "logs: [no.log]                           | logs[0]: names no file that can be read",
        "metrics: ['ftp://h']                     | metrics[0]: must be http:// or https://",
        "{proxy: 'http://h', proxy: 'http://h'}   | the profile is not YAML, or has a key twice, line 1",
        "text                                     | the profile: must be a map of keys",
        "[                                        | the profile is not YAML",
        "''                                       | the profile: must be a map of keys"
      })
  void saysOnOneLineWhatIsWrongAndWhere(String yaml, String error) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(ProfileException.class)
        .satisfies(
            thrown -> {
              assertThat(thrown.getMessage().lines()).hasSize(1);
              assertThat(thrown).hasMessageStartingWith(error);
            });
  }

  @Test
  void refusesANodeWithoutAnId() {
    assertThatThrownBy(() -> load("node_addresses: {0: '" + ADDRESS + "'}"))
        .hasMessage("node_addresses: each key must be a node's id, 1 or more");
  }

  @Test
  void refusesAKeyThatIsNoCanonicalBase64() {
    String spareBits = "A".repeat(42) + "B=";

    assertThatThrownBy(() -> load("node: {public_key: '" + spareBits + "'}"))
        .isInstanceOf(ProfileException.class)
        .hasMessage("node.public_key: must be canonical base64 of 32 bytes");
  }

  @Test
  void refusesTwoScriptedNodesThatShareAModel() {
    String yaml =
        """
        scripted_nodes:
          - {id: 1, key_file: keys/node.pem, model: a}
          - {id: 2, key_file: keys/proxy.pem, model: a}
        """;

    assertThatThrownBy(() -> load(yaml))
        .hasMessage("scripted_nodes[1]: shares its id or its model with one before it");
  }

  @Test
  void namesEveryErrorOfTheSchemaAtOnceAndNotTooMany() {
    assertThatThrownBy(() -> load("engine_port: x\nallow: 5\n"))
        .hasMessage("allow: must be a list\nengine_port: must be a whole number");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      many.append("key").append(i).append(": 1\n");
    }
    assertThatThrownBy(() -> load(many.toString()))
        .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(21))
        .hasMessageEndingWith("and 80 more errors");
  }

  @Test
  void showsNoTokenThatStandsWhereAFileBelongs() {
    assertThatThrownBy(() -> load("users: {poor: sk-hidden}"))
        .hasMessageContaining("users.poor")
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(() -> load("sk-hidden: {"))
        .isInstanceOf(ProfileException.class)
        .hasMessageNotContaining("hidden");
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    assertThatThrownBy(() -> load("[".repeat(100_000))).isInstanceOf(ProfileException.class);
  }

  @Test
  void refusesAProfileThatIsNotThere() {
    assertThatThrownBy(() -> ProfileFile.load(directory.resolve("none.yaml")))
        .isInstanceOf(ProfileException.class)
        .hasMessageStartingWith("the profile cannot be read: ");
  }

  private ProfileFile load(String yaml) throws IOException {
    return ProfileFile.load(Files.writeString(directory.resolve("profile.yaml"), yaml));
  }

  private static BearerToken token(String name) {
    return new BearerToken("sk-" + name);
  }
}
