package dev.sealcheck.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.sealcheck.conformance.attestation.EvidencePut;
import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.attestation.emulated.EmulatedMachine;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttestationCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final EmulatedMachine machine = EmulatedMachine.fresh(1, Instant.now());
  private final KeyBinding binding = new KeyBinding(7, new X25519PublicKey(Bytes.random(32)));

  @TempDir private Path folder;
  private Path root;
  private Path list;
  private Path file;

  @BeforeEach
  void writesTheFiles() throws IOException {
    root = write("root.pem", machine.rootPem());
    list = write("list.json", EmulatedMachine.allowListJson());
    file = write("evidence.json", served(1));
  }

  @Test
  void endsWithZeroWhereEveryClaimIsTrue() {
    assertThat(verify("--file", file, "--insecure-emulated-root", root, "--allow-list", list))
        .isZero();
    assertThat(out.toString())
        .contains("true       x-nvidia-gpu-attestation-report-nonce-match")
        .contains("skipped    x-nvidia-cert-ocsp-status")
        .contains("revocation is not asked for")
        .contains("Every claim is true.")
        .contains("proves nothing outside a test");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void writesTheRootThatBelongsToASeed() throws IOException {
    Path seed = write("seed", Bytes.random(16));
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));

    assertThat(call("root", "--seed-file", seed, "--out", first)).isZero();
    assertThat(call("root", "--seed-file", seed, "--out", second)).isZero();
    assertThat(first.resolve("root.pem")).hasSameBinaryContentAs(second.resolve("root.pem"));
    assertThat(first.resolve("allow-list.json"))
        .hasBinaryContent(EmulatedMachine.allowListJson().toArray());
  }

  @Test
  void wantsASeedThatCannotBeGuessed() throws IOException {
    Path seed = write("seed", Bytes.random(15));

    assertThat(call("root", "--seed-file", seed, "--out", folder)).isEqualTo(2);
    assertThat(err.toString()).contains("--seed-file: 16 bytes to 1 MiB, got 15");
  }

  @Test
  void printsJson() throws IOException {
    assertThat(
            verify(
                "--json", "--file", file, "--insecure-emulated-root", root, "--allow-list", list))
        .isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).path("holds").booleanValue()).isTrue();
  }

  @Test
  void endsWithOneAndSaysWhyWhereAClaimIsFalse() {
    assertThat(verify("--file", file, "--allow-list", list)).isEqualTo(1);
    assertThat(out.toString())
        .contains("no root was named, and none is trusted without")
        .contains("1 claim false: do not trust this node's key.");
  }

  @Test
  void comparesWithTheKeyThatTheCallerKnows() {
    String other = new X25519PublicKey(Bytes.random(32)).base64();
    assertThat(
            verify(
                "--file",
                file,
                "--insecure-emulated-root",
                root,
                "--allow-list",
                list,
                "--public-key",
                other))
        .isEqualTo(1);
    assertThat(out.toString()).contains("false      x-nvidia-gpu-attestation-report-nonce-match");
  }

  @Test
  void endsWithThreeWhereNothingSaysWhatIsAllowed() {
    assertThat(verify("--file", file, "--insecure-emulated-root", root)).isEqualTo(3);
    assertThat(out.toString()).contains("unchecked  measres").contains("name an --allow-list");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                      | evidence comes from --proxy and --node",
        "--proxy http://h --file f             | evidence comes from --proxy and --node",
        "--proxy http://h                      | --proxy and --node go together",
        "--proxy ftp://h --node 1              | the address of a proxy is",
        "--file /no/such/file                  | --file: the file cannot be read",
        "--file F --root ROOT                  | this root is emulated",
        "--file F --root ROOT --insecure-emulated-root ROOT | one root",
        "--file F --root F                     | a root is one certificate in PEM",
        "--file F --allow-list F               | driver",
        "--file F --nonce 7                    | --nonce: must be 16 lower-case hex digits",
        "--file F --public-key AA==            | --public-key: must decode to 32 bytes",
        "--file ROOT                           | --file holds no evidence"
      })
  void endsWithTwoForWrongUsage(String arguments, String message) {
    List<Object> all = new ArrayList<>();
    String text = arguments == null ? "" : arguments;
    for (String word : text.split(" ", -1)) {
      if (!word.isEmpty()) {
        all.add(word.equals("F") ? file : word.equals("ROOT") ? root : word);
      }
    }
    assertThat(verify(all.toArray())).isEqualTo(2);
    assertThat(err.toString()).startsWith("sealcheck: ").contains(message);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1,200,0", "2,200,1", "1,404,3"})
  void asksAProxy(long servedNode, int status, int code) throws IOException {
    byte[] body = served(servedNode).toArray();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/v1/get_node_attestation/1",
        exchange -> {
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    proxy.start();
    try {
      String url = "http://127.0.0.1:" + proxy.getAddress().getPort();
      assertThat(
              verify(
                  "--proxy",
                  url,
                  "--node",
                  1,
                  "--insecure-emulated-root",
                  root,
                  "--allow-list",
                  list))
          .isEqualTo(code);
    } finally {
      proxy.stop(0);
    }
  }

  @Test
  void endsWithFourWhereNothingListens() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(verify("--proxy", "http://127.0.0.1:" + port, "--node", 1)).isEqualTo(4);
    assertThat(err.toString()).contains("no HTTP answer from");
  }

  private Bytes served(long node) {
    EvidencePut put =
        new EvidencePut(node, machine.evidence(binding).compressed(), binding.publicKey());
    ObjectNode object = StrictJson.parseObject(put.json());
    object.put("nonce", KeyBinding.hex(binding.contractNonce()));
    return StrictJson.write(object);
  }

  private Path write(String name, Bytes content) throws IOException {
    return Files.write(folder.resolve(name), content.toArray());
  }

  private int verify(Object... arguments) {
    return call("verify", arguments);
  }

  private int call(String command, Object... arguments) {
    List<String> words = new ArrayList<>(List.of("attestation", command));
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    return SealcheckMain.execute(
        new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
  }
}
