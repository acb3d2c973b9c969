package dev.sealcheck.proxy.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.Ciphertext;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.SealedMessage;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A node whose every answer a test decides; it records what the proxy sent. */
final class ScriptedNode implements AutoCloseable {

  /** Answers one forwarded request. */
  interface Script {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** What arrived. */
  static final class Arrival {
    private final String path;
    private final Headers headers;
    private final byte[] body;

    Arrival(HttpExchange exchange) throws IOException {
      path = exchange.getRequestURI().getPath();
      headers = exchange.getRequestHeaders();
      body = exchange.getRequestBody().readAllBytes();
    }

    String path() {
      return path;
    }

    Headers headers() {
      return headers;
    }

    byte[] body() {
      return body;
    }
  }

  static {
    // Otherwise head and body leave 40 ms apart, as the head is acknowledged only then.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** What a good answer costs. */
  static final long UNITS = 10;

  final SigningKey key = SigningKey.generateEd25519(new SecureRandom());
  final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Script script = this::answerWell;
  private volatile int healthStatus = 200;

  ScriptedNode() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/health", exchange -> answer(exchange, healthStatus, new byte[] {'x'}));
    server.createContext(
        "/v1/",
        exchange -> {
          arrivals.add(new Arrival(exchange));
          script.answer(exchange);
        });
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void answers(Script next) {
    script = next;
  }

  /** Answers every request as it should be answered, for {@link #UNITS} units. */
  void answersWell() {
    script = this::answerWell;
  }

  /** What the proxy names is a stream. */
  void answerWell(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestHeaders().containsKey("X-Request-Id")) {
      answer(exchange, 200, whole(usage(UNITS)));
      return;
    }
    try (OutputStream output = stream(exchange)) {
      event(output, chunk());
      event(output, whole(usage(UNITS)));
    }
  }

  void isHealthy(boolean healthy) {
    healthStatus = healthy ? 200 : 500;
  }

  static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream output = exchange.getResponseBody()) {
      output.write(body);
    }
  }

  /** Starts a stream; the script writes events to what is returned. */
  static OutputStream stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  static void event(OutputStream output, byte[] json) throws IOException {
    output.write("data: ".getBytes(StandardCharsets.US_ASCII));
    output.write(json);
    output.write("\n\n".getBytes(StandardCharsets.US_ASCII));
    output.flush();
  }

  byte[] whole(JsonNode usage) {
    return signed(key, Optional.ofNullable(usage));
  }

  byte[] chunk() {
    return signed(key, Optional.empty());
  }

  static byte[] signed(SigningKey signer, Optional<JsonNode> usage) {
    byte[] ciphertext = new byte[32];
    new SecureRandom().nextBytes(ciphertext);
    return new SealedMessage(
            Ciphertext.owning(ciphertext),
            Nonce.copyOf(new byte[12]),
            Blake2b256.of(ciphertext),
            signer.sign(Blake2b256.of(ciphertext)).toText(),
            usage)
        .toJson();
  }

  static JsonNode usage(long total) {
    return StrictJson.newObject()
        .put("prompt_tokens", 1)
        .put("completion_tokens", total - 1)
        .put("total_tokens", total);
  }

  static JsonNode json(String text) {
    try {
      return StrictJson.parseObject("test", text.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedMessageException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
