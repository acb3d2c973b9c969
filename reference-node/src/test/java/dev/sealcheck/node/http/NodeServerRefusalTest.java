package dev.sealcheck.node.http;

import static dev.sealcheck.node.http.NodeFixture.assertRefused;
import static dev.sealcheck.node.http.NodeFixture.body;
import static dev.sealcheck.node.http.NodeFixture.streamed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.node.engine.ScriptedEngine;
import dev.sealcheck.protocol.signature.SignatureScheme;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every refusal of docs/PROTOCOL.md section 9 that a node can give but for an invalid body, on
 * every path it is for.
 */
@Timeout(60)
class NodeServerRefusalTest {

  private static NodeFixture node;

  @BeforeAll
  static void start() throws Exception {
    node = new NodeFixture();
  }

  @AfterAll
  static void stop() throws Exception {
    node.close();
  }

  @BeforeEach
  void answerEverything() {
    node.engine.follow(call -> call.answer(200, ScriptedEngine.ANSWER));
  }

  @ParameterizedTest
  @EnumSource(ConfidentialPath.class)
  void givesOneAnswerToEverythingThatDoesNotOpen(ConfidentialPath path) throws Exception {
    int before = node.engine.calls().size();
    Set<Map<String, List<String>>> headers = new LinkedHashSet<>();
    List<SealingClient.Tampering> causes = new ArrayList<>();
    causes.add(e -> flip(e, "ciphertext", 0));
    causes.add(e -> flip(e, "ciphertext", bytes(e, "ciphertext").length - 1));
    causes.add(e -> e.put("ciphertext", Base64Text.encode(new byte[16])));
    causes.add(e -> flip(e, "nonce", 5));
    causes.add(e -> flip(e, "salt", 5));
    causes.add(e -> flip(e, "client_dh_public_key", 5));
    causes.add(e -> e.put("client_dh_public_key", Base64Text.encode(new byte[32])));
    byte[] one = new byte[32];
    one[0] = 1;
    causes.add(e -> e.put("client_dh_public_key", Base64Text.encode(one)));
    causes.add(e -> flip(e, "plaintext_body_hash", 5));
    for (SealingClient.Tampering cause : causes) {
      SealingClient.Sealed sealed = node.seal(body(path));
      cause.apply(sealed.envelope());
      HttpResponse<byte[]> answer = node.ask(path, sealed);
      assertRefused(ErrorCode.UNDECRYPTABLE, answer);
      headers.add(answer.headers().map());
    }
    assertThat(headers).hasSize(1);
    assertThat(node.engine.calls()).hasSize(before);
  }

  @ParameterizedTest
  @EnumSource(ConfidentialPath.class)
  void refusesEachFaultOfASignatureInEachScheme(ConfidentialPath path) throws Exception {
    int before = node.engine.calls().size();
    // It would not open either, but a node looks at the signature first.
    SealingClient.Sealed sealed = node.seal(body(path));
    flip(sealed.envelope(), "ciphertext", 0);
    assertRefused(ErrorCode.AUTH_ERROR, node.send(node.request(path.path(), sealed.json())));
    for (SignatureScheme scheme : SignatureScheme.values()) {
      for (Map.Entry<String, String> fault : SignatureFaults.of(scheme, sealed.hash()).entrySet()) {
        HttpResponse<byte[]> answer =
            node.send(
                node.request(path.path(), sealed.json()).header("X-Signature", fault.getValue()));
        assertThat(answer.statusCode()).as(scheme + ", " + fault.getKey()).isEqualTo(401);
        assertRefused(ErrorCode.AUTH_ERROR, answer);
      }
    }
    assertThat(node.engine.calls()).hasSize(before);
  }

  @ParameterizedTest
  @EnumSource(SignatureScheme.class)
  void takesAGoodSignatureOfEachScheme(SignatureScheme scheme) throws Exception {
    SealingClient.Sealed sealed = node.seal(body(ConfidentialPath.CHAT_COMPLETIONS));
    String signature = NodeFixture.proxyKey(scheme).sign(sealed.hash()).toText();

    assertThat(
            node.send(
                    node.request(ConfidentialPath.CHAT_COMPLETIONS.path(), sealed.json())
                        .header("X-Signature", signature))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void knowsNoOtherPath() throws Exception {
    for (String path :
        List.of(
            "/", "/v1/confidential", "/v1/chat/completions", "/health/", "/metrics", "/v1/nodes")) {
      assertRefused(ErrorCode.NOT_FOUND, node.send(node.request(path, new byte[0])));
    }
    for (ConfidentialPath path : ConfidentialPath.values()) {
      SealingClient.Sealed sealed = node.seal(body(path));
      assertRefused(ErrorCode.NOT_FOUND, node.send(node.request(path.path() + "/", sealed.json())));
    }
  }

  @ParameterizedTest
  @EnumSource(ConfidentialPath.class)
  void takesNoOtherMethod(ConfidentialPath path) throws Exception {
    for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      HttpResponse<byte[]> answer =
          node.send(node.request(path.path(), new byte[0]).method(method, BodyPublishers.noBody()));
      assertRefused(ErrorCode.METHOD_NOT_ALLOWED, answer);
      assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }
    HttpResponse<byte[]> health = node.send(node.request("/health", new byte[0]));
    assertRefused(ErrorCode.METHOD_NOT_ALLOWED, health);
    assertThat(health.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @ParameterizedTest
  @EnumSource(ConfidentialPath.class)
  void refusesAKeyThatIsNotTheCurrentOneBeforeOpening(ConfidentialPath path) throws Exception {
    SealingClient.Sealed sealed = node.seal(body(path));
    flip(sealed.envelope(), "ciphertext", 0);
    flip(sealed.envelope(), "node_dh_public_key", 31);

    assertRefused(ErrorCode.STALE_NODE_KEY, node.ask(path, sealed));
  }

  @ParameterizedTest
  @EnumSource(ConfidentialPath.class)
  void takesARequestOnceHoweverItEnded(ConfidentialPath path) throws Exception {
    SealingClient.Sealed answered = node.seal(body(path));
    assertThat(node.ask(path, answered).statusCode()).isEqualTo(200);
    assertRefused(ErrorCode.REPLAYED_REQUEST, node.ask(path, answered));

    SealingClient.Sealed invalid = node.seal("{}".getBytes(UTF_8));
    assertRefused(ErrorCode.INVALID_BODY, node.ask(path, invalid));
    assertRefused(ErrorCode.REPLAYED_REQUEST, node.ask(path, invalid));

    node.engine.follow(call -> call.answer(500, "{}"));
    SealingClient.Sealed failed = node.seal(body(path));
    assertRefused(ErrorCode.INTERNAL_ERROR, node.ask(path, failed));
    assertRefused(ErrorCode.REPLAYED_REQUEST, node.ask(path, failed));
  }

  @ParameterizedTest
  @EnumSource(ConfidentialPath.class)
  void refusesABodyThatIsTooLargeHoweverItIsSent(ConfidentialPath path) throws Exception {
    int large = NodeFixture.MAX_BODY_BYTES + 1;
    // By hand, since the JDK's client may fail at sending what the node no longer reads.
    assertTooLarge(path, "Content-Length: " + large + "\r\n\r\n");
    assertTooLarge(
        path,
        "Transfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(large)
            + "\r\n"
            + "x".repeat(large));
  }

  @ParameterizedTest
  @EnumSource(ConfidentialPath.class)
  void refusesWhatIsNotJson(ConfidentialPath path) throws Exception {
    for (String type : List.of("text/plain", "application/jsonx", "application/json; charset=x")) {
      SealingClient.Sealed sealed = node.seal(body(path));
      assertRefused(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          node.send(node.signed(path, sealed).setHeader("Content-Type", type)));
    }
  }

  @ParameterizedTest
  @CsvSource({"429, 7, 7", "503, 7, 7", "503, , 1", "429, 1000000, 300"})
  void passesOnThatTheEngineIsFull(int status, String asked, String told) throws Exception {
    node.engine.follow(
        call -> call.answer(status, "canary", "Retry-After: " + (asked == null ? "" : asked)));
    for (ConfidentialPath path : ConfidentialPath.values()) {
      assertFull(told, node.ask(path, body(path)));
      if (path.streams()) {
        assertFull(told, node.ask(path, streamed(path)));
      }
    }
  }

  @Test
  void isFullWhenItsEngineHasAsMuchAsItTakes() throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    node.engine.follow(
        call -> {
          call.beginStream();
          enough.await();
          call.event(ScriptedEngine.USAGE_CHUNK);
          call.end();
        });
    List<InputStream> streams = new ArrayList<>();
    ConfidentialPath chat = ConfidentialPath.CHAT_COMPLETIONS;
    for (int i = 0; i < NodeFixture.MAX_CONCURRENT; i++) {
      streams.add(node.begin(node.signed(chat, node.seal(streamed(chat)))).body());
    }
    int asked = node.engine.calls().size();
    for (ConfidentialPath path : ConfidentialPath.values()) {
      assertFull("1", node.ask(path, body(path)));
    }
    assertThat(node.engine.calls()).hasSize(asked);
    enough.countDown();
    for (InputStream stream : streams) {
      assertThat(stream.readAllBytes()).isNotEmpty();
    }
    node.requireHealth();
  }

  private static void assertFull(String seconds, HttpResponse<byte[]> answer) {
    assertRefused(ErrorCode.TOO_MANY_REQUESTS, answer);
    assertThat(answer.headers().firstValue("Retry-After")).contains(seconds);
  }

  private static void assertTooLarge(ConfidentialPath path, String rest) throws IOException {
    String head =
        "POST " + path.path() + " HTTP/1.1\r\nHost: n\r\nContent-Type: application/json\r\n";
    try (Socket socket = node.connect()) {
      socket.getOutputStream().write((head + rest).getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 413 ")
          .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
          .endsWith("\r\n\r\n" + new String(ErrorCode.BODY_TOO_LARGE.body(), UTF_8));
    }
  }

  private static byte[] bytes(ObjectNode envelope, String field) throws MalformedMessageException {
    return Base64Text.decode(field, envelope.get(field).textValue());
  }

  private static void flip(ObjectNode envelope, String field, int at)
      throws MalformedMessageException {
    byte[] bytes = bytes(envelope, field);
    bytes[at] ^= 1;
    envelope.put(field, Base64Text.encode(bytes));
  }
}
