package dev.sealcheck.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.node.enclave.Enclave;
import dev.sealcheck.node.engine.Engine;
import dev.sealcheck.node.engine.EngineRequest;
import dev.sealcheck.node.engine.EngineStream;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A node with the key that a group of vectors/request names, and an engine that counts. */
final class VectorNode implements AutoCloseable {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
  private static final String ANSWER = "{\"choices\":[{\"index\":0}]," + USAGE;
  private static final String LAST_CHUNK = "{\"choices\":[]," + USAGE;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CountingEngine engine;
  private final NodeServer server;

  VectorNode(JsonNode group) {
    engine = new CountingEngine(texts(group.path("models")));
    Set<Address> proxies = new TreeSet<>((a, b) -> a.text().compareTo(b.text()));
    texts(group.path("proxies")).forEach(proxy -> proxies.add(new Address(proxy)));
    SecureRandom random = new KnownFirst(HexFormat.of().parseHex(text(group, "nodeSecret")));
    Enclave enclave =
        new Enclave(
            SigningKey.generateEd25519(new SecureRandom()),
            random,
            UnaryOperator.identity(),
            10_000);
    if (!enclave.publicKey().bytes().toBase64().equals(text(group, "nodePublicKey"))) {
      throw new IllegalStateException("the node has another key than its group says");
    }
    server =
        NodeServer.start(
            "127.0.0.1",
            0,
            enclave,
            engine,
            proxies,
            new ServerLimits(group.path("maxBodyBytes").intValue(), LONG, LONG, LONG),
            Timekeeper.system());
  }

  /** Sends one request as its case has it. */
  HttpResponse<byte[]> send(JsonNode wire) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + text(wire, "path")))
            .method(text(wire, "method"), HttpRequest.BodyPublishers.ofByteArray(body(wire)));
    if (!wire.path("contentType").isNull()) {
      request.header("Content-Type", text(wire, "contentType"));
    }
    if (!wire.path("xSignature").isNull()) {
      request.header("X-Signature", text(wire, "xSignature"));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** How often the engine has been asked. */
  int engineCalls() {
    return engine.calls.get();
  }

  @Override
  public void close() {
    server.close();
  }

  private static byte[] body(JsonNode wire) {
    byte[] body =
        wire.has("body")
            ? text(wire, "body").getBytes(UTF_8)
            : HexFormat.of().parseHex(text(wire, "bodyHex"));
    int size = wire.path("paddedTo").asInt(body.length);
    byte[] padded = Arrays.copyOf(body, size);
    Arrays.fill(padded, body.length, size, (byte) ' ');
    return padded;
  }

  private static String text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue()).orElseThrow();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::textValue).toList();
  }

  /** Gives known bytes first, which become the node's secret, and random ones from then on. */
  private static final class KnownFirst extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private transient byte[] known;

    KnownFirst(byte[] known) {
      this.known = known;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (known == null) {
        super.nextBytes(bytes);
      } else {
        System.arraycopy(known, 0, bytes, 0, bytes.length);
        known = null;
      }
    }
  }

  /** Answers everything in the shortest form that a node passes on. */
  private static final class CountingEngine implements Engine {
    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> models;

    CountingEngine(List<String> models) {
      this.models = models;
    }

    @Override
    public byte[] answer(EngineRequest request) {
      calls.incrementAndGet();
      return ANSWER.getBytes(UTF_8);
    }

    @Override
    public EngineStream stream(EngineRequest request) {
      calls.incrementAndGet();
      Deque<byte[]> chunks = new ArrayDeque<>(List.of(LAST_CHUNK.getBytes(UTF_8)));
      return new EngineStream() {
        @Override
        public Optional<byte[]> next() {
          return Optional.ofNullable(chunks.poll());
        }

        @Override
        public void close() {
          chunks.clear();
        }
      };
    }

    @Override
    public List<String> models() {
      return models;
    }

    @Override
    public void close() {}
  }
}
