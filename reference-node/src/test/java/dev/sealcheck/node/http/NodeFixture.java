package dev.sealcheck.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.node.enclave.Enclave;
import dev.sealcheck.node.engine.EngineLimits;
import dev.sealcheck.node.engine.HttpEngine;
import dev.sealcheck.node.engine.ScriptedEngine;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.signature.SignatureScheme;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.Envelope;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A node in this process, with a scripted engine behind it and a sealing client in front. */
final class NodeFixture implements AutoCloseable {

  static final String MODEL = "test/small";
  static final int MAX_BODY_BYTES = 20_000;
  static final int MAX_CONCURRENT = 16;
  private static final Duration LONG = Duration.ofSeconds(30);

  final ScriptedEngine engine = ScriptedEngine.answering(200, ScriptedEngine.ANSWER);
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Enclave enclave;
  private final SealingClient client;
  private final NodeServer server;

  NodeFixture() throws Exception {
    this(LONG);
  }

  NodeFixture(Duration keepAlive) throws Exception {
    this(keepAlive, Duration.ofSeconds(5));
  }

  NodeFixture(Duration keepAlive, Duration stopTime) throws Exception {
    SecureRandom random = new SecureRandom();
    enclave =
        new Enclave(SigningKey.generateEd25519(random), random, UnaryOperator.identity(), 10_000);
    client = new SealingClient(enclave);
    Timekeeper time = Timekeeper.system();
    server =
        NodeServer.start(
            "127.0.0.1",
            0,
            enclave,
            new HttpEngine(
                engine.uri(),
                List.of(MODEL),
                Optional.empty(),
                new EngineLimits(LONG, LONG, LONG, 1_000_000, MAX_CONCURRENT),
                time),
            Arrays.stream(SignatureScheme.values())
                .map(scheme -> proxyKey(scheme).address())
                .collect(Collectors.toSet()),
            new ServerLimits(MAX_BODY_BYTES, LONG, keepAlive, stopTime),
            time);
  }

  /** The key of the configured proxy that signs by {@code scheme}. */
  static SigningKey proxyKey(SignatureScheme scheme) {
    return key(scheme, 7);
  }

  /** A key that is nobody's. */
  static SigningKey foreignKey(SignatureScheme scheme) {
    return key(scheme, 8);
  }

  private static SigningKey key(SignatureScheme scheme, int fill) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) fill);
    return SigningKey.of(scheme, secret);
  }

  /** The smallest valid body of a path. */
  static ObjectNode body(ConfidentialPath path) {
    ObjectNode body = StrictJson.newObject().put("model", MODEL);
    switch (path) {
      case CHAT_COMPLETIONS ->
          body.putArray("messages").addObject().put("role", "user").put("content", "canary é 😀");
      case COMPLETIONS, IMAGES -> body.put("prompt", "canary");
      case EMBEDDINGS -> body.putArray("input").add("canary");
    }
    return body;
  }

  static ObjectNode streamed(ConfidentialPath path) {
    return body(path).put("stream", true);
  }

  SealingClient.Sealed seal(ObjectNode body) throws Exception {
    return client.seal(StrictJson.write(body), MODEL, body.path("stream").asBoolean());
  }

  SealingClient.Sealed seal(byte[] body) throws Exception {
    return client.seal(body, MODEL, false);
  }

  /** The signature of the Ed25519 proxy over the hash that an envelope claims, if it is one. */
  static String signature(SealingClient.Sealed sealed) {
    BodyHash claimed;
    try {
      claimed =
          Envelope.parse(ConfidentialPath.CHAT_COMPLETIONS, sealed.json()).plaintextBodyHash();
    } catch (MalformedMessageException notAnEnvelope) {
      claimed = sealed.hash();
    }
    return proxyKey(SignatureScheme.ED25519).sign(claimed).toText();
  }

  HttpRequest.Builder request(String path, byte[] json) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(json));
  }

  HttpRequest.Builder signed(ConfidentialPath path, SealingClient.Sealed sealed) {
    return request(path.path(), sealed.json()).header("X-Signature", signature(sealed));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> ask(ConfidentialPath path, SealingClient.Sealed sealed) throws Exception {
    return send(signed(path, sealed));
  }

  HttpResponse<byte[]> ask(ConfidentialPath path, ObjectNode body) throws Exception {
    return ask(path, seal(body));
  }

  /** The answer to a streamed request, once its head is there. */
  HttpResponse<InputStream> begin(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Sends the first {@code bytes} of a signed request by hand; the caller goes on, or resets. */
  Socket beginByHand(ConfidentialPath path, SealingClient.Sealed sealed, int bytes)
      throws IOException {
    byte[] json = sealed.json();
    String head =
        "POST "
            + path.path()
            + " HTTP/1.1\r\nHost: node\r\nContent-Type: application/json\r\nContent-Length: "
            + json.length
            + "\r\nX-Signature: "
            + signature(sealed)
            + "\r\n\r\n";
    Socket socket = connect();
    socket.getOutputStream().write(head.getBytes(UTF_8));
    socket.getOutputStream().write(json, 0, Math.min(bytes, json.length));
    return socket;
  }

  int port() {
    return server.port();
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** A chat that must succeed, which shows that the node is well. */
  void requireHealth() throws Exception {
    engine.follow(call -> call.answer(200, ScriptedEngine.ANSWER));
    SealingClient.Sealed sealed = seal(body(ConfidentialPath.CHAT_COMPLETIONS));
    HttpResponse<byte[]> answer = ask(ConfidentialPath.CHAT_COMPLETIONS, sealed);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(sealed.openWithoutSeal(answer.body(), true)).isEqualTo(ScriptedEngine.ANSWER);
  }

  /** Status, media type and body of the one answer to a refusal. */
  static void assertRefused(ErrorCode code, HttpResponse<byte[]> answer) {
    assertThat(new String(answer.body(), UTF_8)).isEqualTo(new String(code.body(), UTF_8));
    assertThat(answer.statusCode()).isEqualTo(code.status());
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  /** Stops the node and leaves its engine as it is. */
  void stop() {
    server.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    engine.close();
  }
}
