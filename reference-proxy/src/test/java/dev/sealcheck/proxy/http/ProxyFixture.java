package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.signature.SigningKey;
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
import dev.sealcheck.proxy.attestation.Attestations;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A proxy in this process, with a scripted node behind it and a client in front. */
final class ProxyFixture implements AutoCloseable {

  static final String TOKEN = "sk-marker-token-of-the-first-user";
  static final String OTHER_TOKEN = "sk-marker-token-of-the-other-user";
  static final String POOR_TOKEN = "sk-marker-token-of-the-poor-user";

  /** Of a user who can pay for one stack on the second node, and nothing else. */
  static final String THRIFTY_TOKEN = "sk-marker-token-of-the-thrifty-user";

  static final String CHAT = "test/chat";
  static final String IMAGE = "test/image";
  static final String EMBEDDING = "test/embedding";
  static final String UNSERVED = "test/unserved";
  static final int MAX_BODY_BYTES = 20_000;
  static final int MAX_LIVE_LOCKS = 50;

  /** What a stack costs on the first node; it is twice as much on the second, and so on. */
  static final long STACK_COST = 1_000_000;

  private static final long BALANCE = 100 * STACK_COST;
  private static final int GUESTS = 500;
  private static final int HURRIED_GUESTS = 20;

  /** A user whom no other test knows. */
  record Guest(UserId id, String token) {
    static Guest of(long id) {
      return new Guest(new UserId(id), "sk-guest-" + id);
    }
  }

  /** The cheapest node, the only one that is registered at first; it serves three models. */
  final ScriptedNode node = new ScriptedNode();

  /** Serves chat and images. */
  final ScriptedNode second = new ScriptedNode();

  /** Serves chat. */
  final ScriptedNode third = new ScriptedNode();

  final ShiftedTime time = new ShiftedTime();
  final SigningKey proxyKey = SigningKey.generateEd25519(new SecureRandom());
  final Accounts accounts;
  final ProxyMetrics metrics;
  final PauseSwitch pause = new PauseSwitch();
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ProxyServer server;
  private long guests = 100;
  private long hurriedGuests = 1_000;

  ProxyFixture() throws Exception {
    this(
        Duration.ofSeconds(30),
        new NodeLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            100_000));
  }

  ProxyFixture(Duration keepAlive, NodeLimits nodeLimits) throws Exception {
    this(keepAlive, Duration.ofSeconds(5), nodeLimits);
  }

  ProxyFixture(Duration keepAlive, Duration stopTime, NodeLimits nodeLimits) throws Exception {
    List<User> users = users();
    Map<UserId, Long> rates = new HashMap<>();
    rates.put(new UserId(2), 30L);
    for (int i = 0; i < HURRIED_GUESTS; i++) {
      rates.put(new UserId(hurriedGuests + i), 2L);
    }
    accounts =
        new Accounts(new AccountSettings(1_000_000, 16_777_216, MAX_LIVE_LOCKS, 100), users, time);
    metrics = new ProxyMetrics(accounts);
    Registry registry =
        new Registry(
            List.of(
                new ModelEntry(CHAT, ModelEntry.Kind.CHAT),
                new ModelEntry(IMAGE, ModelEntry.Kind.IMAGE),
                new ModelEntry(EMBEDDING, ModelEntry.Kind.EMBEDDING),
                new ModelEntry(UNSERVED, ModelEntry.Kind.CHAT)),
            // The dearest first: it is the price that decides, not the place in the list.
            List.of(
                new NodeEntry(3, third.key.address(), List.of(CHAT), 3 * STACK_COST),
                new NodeEntry(2, second.key.address(), List.of(CHAT, IMAGE), 2 * STACK_COST),
                new NodeEntry(1, node.key.address(), List.of(CHAT, IMAGE, EMBEDDING), STACK_COST)));
    server =
        ProxyServer.start(
            "127.0.0.1",
            0,
            registry,
            Attestations.believingNobody(registry.signers(), time, new SecureRandom()),
            new Users(users),
            new RateLimits(0, rates, time),
            accounts,
            proxyKey,
            new ServerLimits(MAX_BODY_BYTES, Duration.ofSeconds(30), keepAlive, stopTime),
            nodeLimits,
            time,
            pause,
            metrics);
    HttpResponse<byte[]> registered = register(1, node.key);
    if (registered.statusCode() != 200) {
      throw new IllegalStateException("not registered: " + registered.statusCode());
    }
  }

  /** A user that has neither locks nor stacks, and can pay for many. */
  Guest guest() {
    return Guest.of(guests++);
  }

  /** A guest who may make two requests a minute. */
  Guest hurriedGuest() {
    return Guest.of(hurriedGuests++);
  }

  HttpResponse<byte[]> register(long id, SigningKey signer) throws Exception {
    return register(id, signer, node);
  }

  HttpResponse<byte[]> register(long id, SigningKey signer, ScriptedNode where) throws Exception {
    ObjectNode data = StrictJson.newObject();
    data.put("node_small_id", id);
    data.put("public_address", where.url().toString());
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

  /** The stacks of one user. */
  List<Books.StackEntry> stacks(UserId user) {
    return accounts.books().stacks().stream().filter(stack -> stack.user().equals(user)).toList();
  }

  /** Units used and reserved over all stacks. */
  long used() {
    return accounts.books().stacks().stream().mapToLong(Books.StackEntry::usedUnits).sum();
  }

  long reserved() {
    return accounts.books().stacks().stream().mapToLong(Books.StackEntry::reservedUnits).sum();
  }

  /** Stops the proxy and leaves the nodes. */
  void stopProxy() {
    server.close();
  }

  @Override
  public void close() {
    server.close();
    node.close();
    second.close();
    third.close();
  }

  private static List<User> users() {
    List<User> users = new ArrayList<>();
    users.add(new User(new UserId(1), TokenHash.of(TOKEN), BALANCE));
    users.add(new User(new UserId(2), TokenHash.of(OTHER_TOKEN), BALANCE));
    users.add(new User(new UserId(3), TokenHash.of(POOR_TOKEN), 0));
    users.add(new User(new UserId(4), TokenHash.of(THRIFTY_TOKEN), 2 * STACK_COST));
    Stream.concat(
            LongStream.range(100, 100 + GUESTS).mapToObj(Guest::of),
            LongStream.range(1_000, 1_000 + HURRIED_GUESTS).mapToObj(Guest::of))
        .forEach(guest -> users.add(new User(guest.id(), TokenHash.of(guest.token()), BALANCE)));
    return users;
  }
}
