package dev.sealcheck.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.node.enclave.Enclave;
import dev.sealcheck.node.engine.BuiltInEngine;
import dev.sealcheck.node.engine.Engine;
import dev.sealcheck.node.http.NodeServer;
import dev.sealcheck.node.metric.NodeMetrics;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.proxy.account.AccountSettings;
import dev.sealcheck.proxy.account.Accounts;
import dev.sealcheck.proxy.account.Books;
import dev.sealcheck.proxy.account.User;
import dev.sealcheck.proxy.account.Users;
import dev.sealcheck.proxy.attestation.Attestations;
import dev.sealcheck.proxy.http.ProxyServer;
import dev.sealcheck.proxy.http.RateLimits;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The reference proxy and node in this process, on loopback ports of the system's choice. */
final class Deployment implements AutoCloseable {

  static final String MODEL = "soak/model";

  static final String EMBEDDING_MODEL = "soak/embedder";

  /** Small, so that stacks fill up and new ones are bought all the time. */
  static final long STACK_UNITS = 20_000;

  /** What a stack costs, in balance units; the price below is for 1,000,000 compute units. */
  static final long STACK_COST = 60_000;

  static final int MAX_BODY_BYTES = 32 * 1024;

  private static final List<String> MODELS = List.of(MODEL, EMBEDDING_MODEL);
  private static final long PRICE = 3_000_000;
  private static final String HOST = "127.0.0.1";
  private static final long NODE_ID = 1;
  private static final int EVENTS_PER_SECOND = 1_000;
  private static final int MAX_CONCURRENT = 1_000;
  private static final int REPLAY_LIMIT = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ServerLimits LIMITS =
      new ServerLimits(
          MAX_BODY_BYTES, PATIENCE, Duration.ofMillis(500), /* stopTime= */ Duration.ofMillis(100));
  private static final NodeLimits NODE_LIMITS =
      new NodeLimits(
          Duration.ofSeconds(5),
          PATIENCE,
          PATIENCE,
          /* lastUsage= */ Duration.ofSeconds(2),
          /* absence= */ Duration.ofSeconds(10),
          /* maxAnswerBytes= */ 1024 * 1024);

  private final Timekeeper time;
  private final HttpClient http;
  private final SecureRandom random = new SecureRandom();
  private final SigningKey proxyKey = SigningKey.generateEd25519(random);
  private final SigningKey nodeKey = SigningKey.generateEd25519(random);
  private final Accounts accounts;
  private final ProxyServer proxy;
  // Odd while a restart is under way.
  private final AtomicInteger restartSteps = new AtomicInteger();
  private Enclave enclave;
  private Engine engine;
  private NodeServer node;

  /** Starts both servers and registers the node. */
  Deployment(List<Customer> customers, HttpClient http, Timekeeper time)
      throws IOException, InterruptedException {
    this.time = time;
    this.http = http;
    List<User> users = customers.stream().map(Customer::user).toList();
    accounts = new Accounts(new AccountSettings(STACK_UNITS, STACK_UNITS), users, time);
    Registry registry =
        new Registry(
            List.of(
                new ModelEntry(MODEL, ModelEntry.Kind.CHAT),
                new ModelEntry(EMBEDDING_MODEL, ModelEntry.Kind.EMBEDDING)),
            List.of(new NodeEntry(NODE_ID, nodeKey.address(), MODELS, PRICE)));
    proxy =
        ProxyServer.start(
            HOST,
            0,
            registry,
            Attestations.believingNobody(registry.signers(), time, new SecureRandom()),
            new Users(users),
            new RateLimits(0, Map.of(), time),
            accounts,
            proxyKey,
            LIMITS,
            NODE_LIMITS,
            time,
            new PauseSwitch(),
            new ProxyMetrics(accounts));
    startNode();
  }

  /** Where the proxy answers. */
  URI proxyUrl() {
    return URI.create("http://" + HOST + ":" + proxy.port());
  }

  /** The proxy's accounts as they are at one moment. */
  Books books() {
    return accounts.books();
  }

  /**
   * Replaces the node by a new one with a key of its own, on another port.
   *
   * @param broken whether the engine breaks under the running requests first; otherwise they may
   *     end within the node's limit
   */
  synchronized void restartNode(boolean broken) throws IOException, InterruptedException {
    restartSteps.incrementAndGet();
    try {
      if (broken) {
        engine.close();
      }
      node.close();
      startNode();
    } finally {
      restartSteps.incrementAndGet();
    }
  }

  /** A mark to ask {@link #restartedSince} with. */
  int restartMark() {
    return restartSteps.get();
  }

  /** Whether a restart was under way at any time since that mark. */
  boolean restartedSince(int mark) {
    return mark % 2 != 0 || restartSteps.get() != mark;
  }

  /** Whether no restart is under way. */
  boolean isUp() {
    return restartSteps.get() % 2 == 0;
  }

  /** How many restarts there have been. */
  int restarts() {
    return restartSteps.get() / 2;
  }

  /** What the node's memory of used requests takes now, by its own report, in bytes. */
  synchronized long replayBytes() {
    return enclave.replayMemory().bytes();
  }

  @Override
  public synchronized void close() {
    proxy.close();
    node.close();
  }

  private void startNode() throws IOException, InterruptedException {
    enclave = new Enclave(nodeKey, random, UnaryOperator.identity(), REPLAY_LIMIT);
    engine = new BuiltInEngine(MODELS, EVENTS_PER_SECOND, MAX_CONCURRENT, time);
    NodeMetrics metrics = new NodeMetrics(enclave);
    node =
        NodeServer.start(
            HOST,
            0,
            enclave,
            metrics.counting(engine),
            Set.of(proxyKey.address()),
            LIMITS,
            time,
            new PauseSwitch(),
            metrics.requests());
    register();
  }

  private void register() throws IOException, InterruptedException {
    ObjectNode data = StrictJson.newObject();
    data.put("node_small_id", NODE_ID);
    data.put("public_address", "http://" + HOST + ":" + node.port());
    data.put("country", "ZZ");
    data.put("public_key", enclave.publicKey().bytes().toBase64());
    ObjectNode message = StrictJson.newObject();
    message.set("data", data);
    message.put("signature", nodeKey.sign(Blake2b256.of(StrictJson.write(data))).toText());
    HttpRequest request =
        HttpRequest.newBuilder(proxyUrl().resolve("/v1/nodes"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(StrictJson.write(message)))
            .build();
    int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("the proxy refused the node's registration with " + status);
    }
  }
}
