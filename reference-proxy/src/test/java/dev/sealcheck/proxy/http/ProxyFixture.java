package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.proxy.account.AccountSettings;
import dev.sealcheck.proxy.account.Accounts;
import dev.sealcheck.proxy.account.Books;
import dev.sealcheck.proxy.account.TokenHash;
import dev.sealcheck.proxy.account.User;
import dev.sealcheck.proxy.account.UserId;
import dev.sealcheck.proxy.account.Users;
import dev.sealcheck.proxy.metric.ProxyMetrics;
import dev.sealcheck.proxy.registry.ModelEntry;
import dev.sealcheck.proxy.registry.NodeEntry;
import dev.sealcheck.proxy.registry.Registry;
import dev.sealcheck.proxy.relay.NodeLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A proxy in this process, with a scripted node behind it and a client in front. */
final class ProxyFixture implements AutoCloseable {

  static final String TOKEN = "sk-marker-token-of-the-first-user";
  static final String OTHER_TOKEN = "sk-marker-token-of-the-other-user";
  static final String POOR_TOKEN = "sk-marker-token-of-the-poor-user";
  static final String CHAT = "test/chat";
  static final String IMAGE = "test/image";
  static final int MAX_BODY_BYTES = 20_000;

  final ScriptedNode node = new ScriptedNode();
  final SigningKey proxyKey = SigningKey.generateEd25519(new SecureRandom());
  final Accounts accounts;
  final ProxyMetrics metrics;
  final PauseSwitch pause = new PauseSwitch();
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ProxyServer server;

  ProxyFixture() throws Exception {
    this(
        Duration.ofSeconds(30),
        new NodeLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            100_000));
  }

  ProxyFixture(Duration keepAlive, NodeLimits nodeLimits) throws Exception {
    List<User> users =
        List.of(
            new User(new UserId(1), TokenHash.of(TOKEN), 100_000_000),
            new User(new UserId(2), TokenHash.of(OTHER_TOKEN), 100_000_000),
            new User(new UserId(3), TokenHash.of(POOR_TOKEN), 0));
    Timekeeper time = Timekeeper.system();
    accounts = new Accounts(AccountSettings.defaults(), users, time);
    metrics = new ProxyMetrics(accounts);
    Registry registry =
        new Registry(
            List.of(
                new ModelEntry(CHAT, ModelEntry.Kind.CHAT),
                new ModelEntry(IMAGE, ModelEntry.Kind.IMAGE),
                new ModelEntry("test/unserved", ModelEntry.Kind.CHAT)),
            List.of(new NodeEntry(1, node.key.address(), List.of(CHAT, IMAGE), 1_000_000)));
    server =
        ProxyServer.start(
            "127.0.0.1",
            0,
            registry,
            new Users(users),
            new RateLimits(0, Map.of(new UserId(2), 30L), time),
            accounts,
            proxyKey,
            new ServerLimits(
                MAX_BODY_BYTES, Duration.ofSeconds(30), keepAlive, Duration.ofSeconds(5)),
            nodeLimits,
            time,
            pause,
            metrics);
    HttpResponse<byte[]> registered = register(1, node.key);
    if (registered.statusCode() != 200) {
      throw new IllegalStateException("not registered: " + registered.statusCode());
    }
  }

  HttpResponse<byte[]> register(long id, SigningKey signer) throws Exception {
    ObjectNode data = StrictJson.newObject();
    data.put("node_small_id", id);
    data.put("public_address", node.url().toString());
    data.put("country", "ZÜ/");
    data.put("public_key", Base64Text.encode(new byte[32]));
    ObjectNode message = StrictJson.newObject();
    message.set("data", data);
    message.put("signature", signer.sign(Blake2b256.of(StrictJson.write(data))).toText());
    return post("/v1/nodes", Optional.empty(), StrictJson.write(message));
  }

  /** Locks as the first user and returns the stack. */
  long lock() throws Exception {
    return lock(TOKEN, "{\"model\":\"" + CHAT + "\"}");
  }

  long lock(String token, String request) throws Exception {
    HttpResponse<byte[]> answer =
        post("/v1/nodes/lock", Optional.of(token), request.getBytes(UTF_8));
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("no lock: " + answer.statusCode());
    }
    return StrictJson.parseObject("lock", answer.body()).get("stack_small_id").longValue();
  }

  static ObjectNode envelope(long stack, boolean stream) {
    ObjectNode json = StrictJson.newObject();
    json.put("ciphertext", Base64Text.encode(new byte[40]));
    json.put("client_dh_public_key", Base64Text.encode(new byte[32]));
    json.put("node_dh_public_key", Base64Text.encode(new byte[32]));
    json.put("nonce", Base64Text.encode(new byte[12]));
    json.put("salt", Base64Text.encode(new byte[16]));
    json.put("plaintext_body_hash", Base64Text.encode(new byte[32]));
    json.put("stack_small_id", stack);
    json.put("model_name", CHAT);
    json.put("stream", stream);
    return json;
  }

  HttpResponse<byte[]> chat(ObjectNode envelope) throws Exception {
    return post(
        ConfidentialPath.CHAT_COMPLETIONS.path(), Optional.of(TOKEN), StrictJson.write(envelope));
  }

  HttpResponse<byte[]> post(String path, Optional<String> token, byte[] body)
      throws IOException, InterruptedException {
    return http.send(request(path, token, body).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpRequest.Builder request(String path, Optional<String> token, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return request;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Units used and reserved over all stacks. */
  long used() {
    return accounts.books().stacks().stream().mapToLong(Books.StackEntry::usedUnits).sum();
  }

  long reserved() {
    return accounts.books().stacks().stream().mapToLong(Books.StackEntry::reservedUnits).sum();
  }

  @Override
  public void close() {
    server.close();
    node.close();
  }
}
