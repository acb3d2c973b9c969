package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.attestation.AttestationChallenge;
import dev.sealcheck.protocol.attestation.AttestationUpdate;
import dev.sealcheck.protocol.attestation.ChallengeNonce;
import dev.sealcheck.protocol.attestation.CompressedEvidence;
import dev.sealcheck.protocol.attestation.EvidenceSet;
import dev.sealcheck.protocol.attestation.GpuNonce;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import dev.sealcheck.proxy.account.AccountSettings;
import dev.sealcheck.proxy.account.Accounts;
import dev.sealcheck.proxy.account.TokenHash;
import dev.sealcheck.proxy.account.User;
import dev.sealcheck.proxy.account.UserId;
import dev.sealcheck.proxy.account.Users;
import dev.sealcheck.proxy.attestation.Attestations;
import dev.sealcheck.proxy.attestation.ForgedDevice;
import dev.sealcheck.proxy.attestation.PolicyFiles;
import dev.sealcheck.proxy.metric.ProxyMetrics;
import dev.sealcheck.proxy.registry.ModelEntry;
import dev.sealcheck.proxy.registry.NodeEntry;
import dev.sealcheck.proxy.registry.Registry;
import dev.sealcheck.proxy.relay.NodeLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoints of docs/ATTESTATION.md, in a proxy that requires proof. */
class AttestationEndpointTest {

  private static final String TOKEN = "sk-marker-token";
  private static final String MODEL = "test/chat";
  private static final long NODE = 7;
  private static final ForgedDevice DEVICE = ForgedDevice.alone();
  private static final X25519PublicKey FIRST = key(1);
  private static final X25519PublicKey SECOND = key(2);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private ScriptedNode node;
  private ProxyServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    node = new ScriptedNode();
    Path root = Files.write(directory.resolve("root.pem"), DEVICE.rootPem());
    Path list = Files.write(directory.resolve("list.json"), ForgedDevice.allowList());
    PolicyFiles policies = new PolicyFiles(List.of(), List.of(root), List.of(list));
    Timekeeper time = new FixedDate();
    SecureRandom random = new SecureRandom();
    List<User> users = List.of(new User(new UserId(1), TokenHash.of(TOKEN), 1_000_000_000));
    Accounts accounts = new Accounts(new AccountSettings(1_000_000, 1_000_000), users, time);
    Registry registry =
        new Registry(
            List.of(new ModelEntry(MODEL, ModelEntry.Kind.CHAT)),
            List.of(new NodeEntry(NODE, node.key.address(), List.of(MODEL), 1_000)),
            true);
    Duration second = Duration.ofSeconds(20);
    server =
        ProxyServer.start(
            "127.0.0.1",
            0,
            registry,
            new Attestations(registry.signers(), policies, registry::prove, time, random),
            new Users(users),
            new RateLimits(0, Map.of(), time),
            accounts,
            SigningKey.generateEd25519(random),
            new ServerLimits(1_000_000, second, second, second),
            new NodeLimits(second, second, second, second, second, 100_000),
            time,
            new PauseSwitch(),
            new ProxyMetrics(accounts));
  }

  @AfterEach
  void stop() {
    server.close();
    node.close();
  }

  @Test
  void servesWhatTheNodeProvedWithNonceKeyCounterAddressAndSignature() throws Exception {
    AttestationChallenge challenge = challenge();
    AttestationUpdate update = update(challenge.nonce(), FIRST);
    assertThat(put(update).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> answer = get("/v1/get_node_attestation/7");
    assertThat(answer.statusCode()).isEqualTo(200);
    ObjectNode json = StrictJson.parseObject("answer", answer.body());
    assertThat(json.get("node_small_id").longValue()).isEqualTo(7);
    assertThat(AttestationUpdate.parse(answer.body())).isEqualTo(update);
    assertThat(json.get("nonce").textValue()).isEqualTo(challenge.nonce().toHex());
    assertThat(json.get("key_rotation_counter").longValue()).isEqualTo(1);
    assertThat(json.get("node_address").textValue()).isEqualTo(node.key.address().text());
    assertThat(json.get("signature").textValue()).isEqualTo(node.key.sign(update.hash()).toText());
    assertThat(challenge().keyRotationCounter()).isEqualTo(2);
  }

  @Test
  void offersANodeOnlyWithEvidenceForItsCurrentKey() throws Exception {
    register(FIRST);
    assertThat(lock().statusCode()).isEqualTo(503);
    put(update(challenge().nonce(), FIRST));
    assertThat(lockedKey()).isEqualTo(FIRST.bytes().toBase64());
    register(SECOND);
    assertThat(lock().statusCode()).isEqualTo(503);
    put(update(challenge().nonce(), SECOND));
    assertThat(lockedKey()).isEqualTo(SECOND.bytes().toBase64());
  }

  @Test
  void offersTheNewKeyAsSoonAsItIsProven() throws Exception {
    put(update(challenge().nonce(), FIRST));
    assertThat(lock().statusCode()).isEqualTo(503);
    register(FIRST);
    put(update(challenge().nonce(), SECOND));
    assertThat(lockedKey()).isEqualTo(SECOND.bytes().toBase64());
    register(SECOND);
    assertThat(lockedKey()).isEqualTo(SECOND.bytes().toBase64());
  }

  @Test
  void refusesEvidenceThatAnswersNoOpenChallenge() throws Exception {
    AttestationUpdate early = update(new ChallengeNonce(1), FIRST);
    assertRefused(put(early), 409, "STALE_EVIDENCE");
    AttestationUpdate good = update(challenge().nonce(), FIRST);
    put(good);
    challenge();
    assertRefused(put(good), 409, "STALE_EVIDENCE");
  }

  @Test
  void refusesEvidenceThatDoesNotVerify() throws Exception {
    challenge();
    AttestationUpdate empty =
        new AttestationUpdate(NODE, CompressedEvidence.of(new EvidenceSet(List.of())), FIRST);
    assertRefused(put(empty), 400, "INVALID_EVIDENCE");
    assertThat(get("/v1/get_node_attestation/7").statusCode()).isEqualTo(404);
  }

  @Test
  void refusesWhatTheNodeHasNotSigned() throws Exception {
    AttestationUpdate update = update(challenge().nonce(), FIRST);
    SigningKey stranger = SigningKey.generateEd25519(new SecureRandom());
    assertRefused(put(update, stranger.sign(update.hash()).toText()), 401, "AUTH_ERROR");
    assertRefused(put(update, "AAAA"), 400, "INVALID_BODY");
    assertRefused(put(update, ""), 400, "INVALID_BODY");
  }

  @Test
  void refusesAMalformedBodyAndAnUnknownNode() throws Exception {
    assertRefused(put("{}".getBytes(UTF_8), "x"), 400, "INVALID_BODY");
    AttestationUpdate unknown =
        new AttestationUpdate(9, CompressedEvidence.copyOf(new byte[1]), FIRST);
    assertRefused(put(unknown), 404, "NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "7x,400",
    "x,400",
    "1.5,400",
    "%20,400",
    "0,404",
    "-1,404",
    "9,404",
    "99999999999999999999,404",
    ",404",
    "7/8,404"
  })
  void knowsOnlyIdsOfNodes(String id, int status) throws Exception {
    String segment = id == null ? "" : id;
    assertThat(get("/v1/get_node_attestation/" + segment).statusCode()).isEqualTo(status);
    assertThat(get("/v1/attestation_challenge/" + segment).statusCode()).isEqualTo(status);
  }

  @Test
  void saysWhichMethodItTakes() throws Exception {
    HttpResponse<byte[]> answer = get("/v1/update_node_attestation");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("PUT");
  }

  private AttestationUpdate update(ChallengeNonce nonce, X25519PublicKey key) {
    return new AttestationUpdate(
        NODE,
        CompressedEvidence.of(new EvidenceSet(List.of(DEVICE.evidence(GpuNonce.of(nonce, key))))),
        key);
  }

  private AttestationChallenge challenge() throws Exception {
    HttpResponse<byte[]> answer = get("/v1/attestation_challenge/7");
    assertThat(answer.statusCode()).isEqualTo(200);
    return AttestationChallenge.parse(answer.body());
  }

  private HttpResponse<byte[]> put(AttestationUpdate update) throws Exception {
    return put(update, node.key.sign(update.hash()).toText());
  }

  private HttpResponse<byte[]> put(AttestationUpdate update, String signature) throws Exception {
    return put(update.toJson(), signature);
  }

  private HttpResponse<byte[]> put(byte[] body, String signature) throws Exception {
    return send(
        request("/v1/update_node_attestation")
            .header("X-Signature", signature)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private void register(X25519PublicKey key) throws Exception {
    ObjectNode data = StrictJson.newObject();
    data.put("node_small_id", NODE);
    data.put("public_address", node.url().toString());
    data.put("country", "ZZ");
    data.put("public_key", key.bytes().toBase64());
    ObjectNode message = StrictJson.newObject();
    message.set("data", data);
    message.put("signature", node.key.sign(Blake2b256.of(StrictJson.write(data))).toText());
    HttpResponse<byte[]> answer =
        send(
            request("/v1/nodes")
                .POST(HttpRequest.BodyPublishers.ofByteArray(StrictJson.write(message))));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private HttpResponse<byte[]> lock() throws Exception {
    return send(
        request("/v1/nodes/lock")
            .header("Authorization", "Bearer " + TOKEN)
            .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + MODEL + "\"}")));
  }

  private String lockedKey() throws Exception {
    HttpResponse<byte[]> answer = lock();
    assertThat(answer.statusCode()).isEqualTo(200);
    return StrictJson.parseObject("lock", answer.body()).get("public_key").textValue();
  }

  private static void assertRefused(HttpResponse<byte[]> answer, int status, String code)
      throws Exception {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(
            StrictJson.parseObject("error", answer.body()).path("error").path("code").textValue())
        .isEqualTo(code);
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Content-Type", "application/json");
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static X25519PublicKey key(int value) {
    byte[] key = new byte[X25519PublicKey.SIZE_IN_BYTES];
    Arrays.fill(key, (byte) value);
    return X25519PublicKey.copyOf(key);
  }

  /** On a day when the forged certificates are valid. */
  private static final class FixedDate implements Timekeeper {
    private final Timekeeper system = Timekeeper.system();

    @Override
    public Instant now() {
      return ForgedDevice.NOW;
    }

    @Override
    public long nanoTime() {
      return system.nanoTime();
    }

    @Override
    public void pause(Duration delay) throws InterruptedException {
      system.pause(delay);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      return system.after(delay, task);
    }
  }
}
