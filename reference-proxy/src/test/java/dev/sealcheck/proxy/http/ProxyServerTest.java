package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyServerTest {

  private ProxyFixture proxy;

  @BeforeEach
  void start() throws Exception {
    proxy = new ProxyFixture();
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  void relaysAnAnswerAndChargesItsUsage() throws Exception {
    byte[] answer = proxy.node.whole(ScriptedNode.usage(10));
    proxy.node.answers(exchange -> ScriptedNode.answer(exchange, 200, answer));
    HttpResponse<byte[]> relayed = proxy.chat(ProxyFixture.envelope(proxy.lock(), false));
    assertThat(relayed.statusCode()).isEqualTo(200);
    assertThat(relayed.body()).isEqualTo(answer);
    assertThat(proxy.used()).isEqualTo(10);
    assertThat(proxy.reserved()).isZero();
  }

  @Test
  void sendsTheNodeTheEnvelopeAndItsOwnHeadersOnly() throws Exception {
    ObjectNode envelope = ProxyFixture.envelope(proxy.lock(), false);
    byte[] json = StrictJson.write(envelope);
    String path = ConfidentialPath.CHAT_COMPLETIONS.path();
    proxy.http.send(
        proxy
            .request(path, Optional.of(ProxyFixture.TOKEN), json)
            .header("Cookie", "marker=1")
            .header("X-Signature", "marker")
            .header("X-User-Id", "marker")
            .header("X-Request-Id", "marker")
            .header("X-Stack-Small-Id", "marker")
            .header("X-Tx-Digest", "marker")
            .build(),
        HttpResponse.BodyHandlers.discarding());
    ScriptedNode.Arrival arrival = proxy.node.arrivals.get(0);
    assertThat(arrival.path()).isEqualTo(path);
    assertThat(arrival.body()).isEqualTo(json);
    assertThat(arrival.headers().keySet())
        .containsExactlyInAnyOrder(
            "Content-type", "Content-length", "Host", "User-agent", "X-signature", "X-user-id");
    assertThat(arrival.headers().toString()).doesNotContain("marker");
    assertThat(arrival.headers().getFirst("X-user-id")).isEqualTo("1");
    SignatureEnvelope signature =
        SignatureEnvelope.parse(arrival.headers().getFirst("X-signature"));
    assertThat(signature.verifies(BodyHash.copyOf(new byte[32]))).isTrue();
    assertThat(signature.address()).isEqualTo(proxy.proxyKey.address());
  }

  @Test
  void relaysAStreamEventByEventAndChargesTheUsageOfTheLast() throws Exception {
    byte[] first = proxy.node.chunk();
    byte[] last = proxy.node.whole(ScriptedNode.usage(7));
    proxy.node.answers(
        exchange -> {
          try (OutputStream output = ScriptedNode.stream(exchange)) {
            output.write(": comment\n".getBytes(UTF_8));
            ScriptedNode.event(output, first);
            ScriptedNode.event(output, last);
          }
        });
    HttpResponse<byte[]> relayed = proxy.chat(ProxyFixture.envelope(proxy.lock(), true));
    assertThat(relayed.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(relayed.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(new String(relayed.body(), UTF_8))
        .isEqualTo("data: " + text(first) + "\n\ndata: " + text(last) + "\n\n");
    assertThat(proxy.used()).isEqualTo(7);
    assertThat(proxy.reserved()).isZero();
    assertThat(proxy.node.arrivals.get(0).headers().getFirst("X-request-id")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"foreign signer", "false signature", "broken event", "no usage", "cut"})
  void cutsAStreamThatGoesWrongAndChargesNothing(String fault) throws Exception {
    byte[] bad =
        switch (fault) {
          case "foreign signer" ->
              ScriptedNode.signed(SigningKey.generateEd25519(new SecureRandom()), Optional.empty());
          case "false signature" -> withHash(proxy.node.chunk());
          case "broken event" -> "{}".getBytes(UTF_8);
          default -> proxy.node.chunk();
        };
    proxy.node.answers(
        exchange -> {
          try (OutputStream output = ScriptedNode.stream(exchange)) {
            ScriptedNode.event(output, proxy.node.chunk());
            ScriptedNode.event(output, bad);
            if (fault.equals("cut")) {
              throw new IOException("cut on purpose");
            }
          }
        });
    long stack = proxy.lock();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> proxy.chat(ProxyFixture.envelope(stack, true)));
    assertThat(proxy.used()).isZero();
    assertThat(proxy.reserved()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "no json",
        "{\"ciphertext\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"nonce\":\"AAAAAAAAAAAAAAAA\","
            + "\"response_hash\":\"***\",\"signature\":\"AA==\"}"
      })
  void answers500ToAnAnswerThatIsNoSealedMessage(String body) throws Exception {
    proxy.node.answers(exchange -> ScriptedNode.answer(exchange, 200, body.getBytes(UTF_8)));
    assertFails(ErrorCode.INTERNAL_ERROR);
  }

  @Test
  void answers500ToAnAnswerSignedByAnotherKey() throws Exception {
    SigningKey foreign = SigningKey.generateEd25519(new SecureRandom());
    byte[] answer = ScriptedNode.signed(foreign, Optional.of(ScriptedNode.usage(1)));
    proxy.node.answers(exchange -> ScriptedNode.answer(exchange, 200, answer));
    assertFails(ErrorCode.INTERNAL_ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "5",
        "{}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":-1}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":1.5}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":\"5\"}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":1e18}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2147483649}"
      })
  void answers500ToUsageThatCannotBeCharged(String usage) throws Exception {
    JsonNode value = ScriptedNode.json("{\"usage\":" + usage + "}").get("usage");
    byte[] answer = proxy.node.whole(value);
    proxy.node.answers(exchange -> ScriptedNode.answer(exchange, 200, answer));
    assertFails(ErrorCode.INTERNAL_ERROR);
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_BODY, INVALID_BODY",
    "400, UNDECRYPTABLE, UNDECRYPTABLE",
    "409, REPLAYED_REQUEST, REPLAYED_REQUEST",
    "423, LOCKED, LOCKED",
    "425, UNAVAILABLE_STACK, UNAVAILABLE_STACK",
    "429, TOO_MANY_REQUESTS, TOO_MANY_REQUESTS",
    "400, SOMETHING, INVALID_BODY",
    "423, SOMETHING, LOCKED",
    "425, SOMETHING, UNAVAILABLE_STACK",
    "429, SOMETHING, TOO_MANY_REQUESTS",
    "401, AUTH_ERROR, INTERNAL_ERROR",
    "402, BALANCE_ERROR, INTERNAL_ERROR",
    "404, NOT_FOUND, INTERNAL_ERROR",
    "500, INTERNAL_ERROR, INTERNAL_ERROR",
    "503, SERVICE_UNAVAILABLE, INTERNAL_ERROR",
    "204, SOMETHING, INTERNAL_ERROR"
  })
  void buildsItsOwnRefusalFromTheCodeOfTheNode(int status, String code, ErrorCode expected)
      throws Exception {
    proxy.node.answers(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "17");
          if (status == 204) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          } else {
            ScriptedNode.answer(
                exchange,
                status,
                ("{\"error\":{\"code\":\"" + code + "\",\"message\":\"marker\"}}").getBytes(UTF_8));
          }
        });
    for (boolean stream : new boolean[] {false, true}) {
      HttpResponse<byte[]> answer = proxy.chat(ProxyFixture.envelope(proxy.lock(), stream));
      assertThat(answer.statusCode()).isEqualTo(expected.status());
      assertThat(answer.body()).isEqualTo(expected.body());
      assertThat(answer.headers().firstValue("Retry-After").isPresent())
          .isEqualTo(expected == ErrorCode.TOO_MANY_REQUESTS);
    }
    assertThat(proxy.used()).isZero();
    assertThat(proxy.reserved()).isZero();
  }

  @Test
  void givesTheLockBackAfterAStaleNodeKeyOnly() throws Exception {
    long stack = proxy.lock();
    proxy.node.answers(
        exchange -> ScriptedNode.answer(exchange, 409, ErrorCode.STALE_NODE_KEY.body()));
    assertThat(proxy.chat(ProxyFixture.envelope(stack, false)).body())
        .isEqualTo(ErrorCode.STALE_NODE_KEY.body());
    proxy.node.answers(
        exchange -> ScriptedNode.answer(exchange, 200, proxy.node.whole(ScriptedNode.usage(3))));
    assertThat(proxy.chat(ProxyFixture.envelope(stack, false)).statusCode()).isEqualTo(200);
    assertThat(proxy.chat(ProxyFixture.envelope(stack, false)).body())
        .isEqualTo(ErrorCode.UNAVAILABLE_STACK.body());
  }

  @Test
  void answers502WhereTheNodeIsGoneAndSendsNothingTwice() throws Exception {
    proxy.node.answers(
        exchange -> {
          throw new IOException("reset on purpose");
        });
    assertFails(ErrorCode.NODE_UNAVAILABLE);
    assertThat(proxy.node.arrivals).hasSize(1);
    proxy.node.close();
    assertFails(ErrorCode.NODE_UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheLockThroughEveryRefusalOfItsOwn(ConfidentialPath path) throws Exception {
    long stack = proxy.lock();
    Optional<String> token = Optional.of(ProxyFixture.TOKEN);
    byte[] good = StrictJson.write(ProxyFixture.envelope(stack, false));
    assertCode(ErrorCode.AUTH_ERROR, proxy.post(path.path(), Optional.empty(), good));
    assertCode(ErrorCode.AUTH_ERROR, proxy.post(path.path(), Optional.of("sk-unknown"), good));
    assertCode(
        ErrorCode.METHOD_NOT_ALLOWED,
        proxy.http.send(
            proxy
                .request(path.path(), token, good)
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofByteArray(good))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray()));
    assertCode(
        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
        proxy.http.send(
            proxy.request(path.path(), token, good).setHeader("Content-Type", "text/plain").build(),
            HttpResponse.BodyHandlers.ofByteArray()));
    assertCode(
        ErrorCode.BODY_TOO_LARGE,
        proxy.post(path.path(), token, new byte[ProxyFixture.MAX_BODY_BYTES + 1]));
    assertCode(ErrorCode.INVALID_BODY, proxy.post(path.path(), token, "{}".getBytes(UTF_8)));
    ObjectNode otherModel = ProxyFixture.envelope(stack, false);
    otherModel.put("model_name", "test/unserved");
    assertCode(
        ErrorCode.UNAVAILABLE_STACK, proxy.post(path.path(), token, StrictJson.write(otherModel)));
    ObjectNode tooLarge = ProxyFixture.envelope(stack, false);
    tooLarge.put("num_compute_units", 8193);
    assertCode(
        ErrorCode.UNAVAILABLE_STACK, proxy.post(path.path(), token, StrictJson.write(tooLarge)));
    assertCode(
        ErrorCode.UNAVAILABLE_STACK,
        proxy.post(
            path.path(), token, StrictJson.write(ProxyFixture.envelope(stack + 1_000, false))));
    assertCode(
        ErrorCode.UNAVAILABLE_STACK,
        proxy.post(path.path(), Optional.of(ProxyFixture.OTHER_TOKEN), good));
    assertThat(proxy.node.arrivals).isEmpty();
    assertThat(proxy.chat(ProxyFixture.envelope(stack, false)).statusCode()).isEqualTo(200);
  }

  @Test
  void chargesAnImageItsPixels() throws Exception {
    proxy.node.answers(exchange -> ScriptedNode.answer(exchange, 200, proxy.node.whole(null)));
    long stack = proxy.lock(ProxyFixture.TOKEN, "{\"model\":\"" + ProxyFixture.IMAGE + "\"}");
    ObjectNode envelope = ProxyFixture.envelope(stack, false);
    envelope.put("model_name", ProxyFixture.IMAGE);
    envelope.put("num_compute_units", 4096);
    assertThat(
            proxy
                .post(
                    ConfidentialPath.IMAGES.path(),
                    Optional.of(ProxyFixture.TOKEN),
                    StrictJson.write(envelope))
                .statusCode())
        .isEqualTo(200);
    assertThat(proxy.used()).isEqualTo(4096);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"model\":\"nobody/knows\"}', SERVICE_UNAVAILABLE",
    "'{\"model\":\"test/unserved\"}', SERVICE_UNAVAILABLE",
    "'{\"model\":\"test/chat\",\"max_num_tokens\":1000001}', INVALID_BODY",
    "'{\"model\":\"test/chat\",\"timeout\":601}', INVALID_BODY",
    "'{\"model\":7}', INVALID_BODY",
    "'{', INVALID_BODY"
  })
  void refusesALock(String request, ErrorCode expected) throws Exception {
    assertCode(
        expected,
        proxy.post("/v1/nodes/lock", Optional.of(ProxyFixture.TOKEN), request.getBytes(UTF_8)));
  }

  @Test
  void refusesALockThatTheUserCannotPay() throws Exception {
    assertCode(
        ErrorCode.BALANCE_ERROR,
        proxy.post(
            "/v1/nodes/lock",
            Optional.of(ProxyFixture.POOR_TOKEN),
            "{\"model\":\"test/chat\"}".getBytes(UTF_8)));
  }

  @Test
  void asksForTheTokenBeforeItReadsABody() throws Exception {
    byte[] broken = "{".getBytes(UTF_8);
    for (String path : List.of("/v1/nodes/lock", ConfidentialPath.CHAT_COMPLETIONS.path())) {
      assertCode(ErrorCode.AUTH_ERROR, proxy.post(path, Optional.empty(), broken));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/v1/models", "/v1/nodes/lock", "/v1/confidential/embeddings"})
  void answersAPreflightBeforeItAsksForAToken(String path) throws Exception {
    HttpResponse<byte[]> answer =
        proxy.http.send(
            preflight(path).header("Access-Control-Request-Method", "POST").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, POST");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("Authorization, Content-Type");
  }

  @Test
  void limitsTheRateOfATokenAndSaysWhenToComeBack() throws Exception {
    HttpResponse<byte[]> answer = null;
    for (int i = 0; i <= 31; i++) {
      answer =
          proxy.post("/v1/nodes/lock", Optional.of(ProxyFixture.OTHER_TOKEN), "{".getBytes(UTF_8));
      if (answer.statusCode() == 429) {
        break;
      }
      assertCode(ErrorCode.INVALID_BODY, answer);
    }
    assertCode(ErrorCode.TOO_MANY_REQUESTS, answer);
    assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    assertThat(proxy.lock()).isPositive();
  }

  @Test
  void letsAPageReadRefusalsButAnswersNoPreflightForUnknownPaths() throws Exception {
    HttpResponse<byte[]> unknown =
        proxy.http.send(
            preflight("/nowhere").header("Access-Control-Request-Method", "POST").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertCode(ErrorCode.NOT_FOUND, unknown);
    assertThat(unknown.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertCode(
        ErrorCode.AUTH_ERROR,
        proxy.http.send(preflight("/v1/models").build(), HttpResponse.BodyHandlers.ofByteArray()));
  }

  private java.net.http.HttpRequest.Builder preflight(String path) {
    return java.net.http.HttpRequest.newBuilder(proxy.uri(path))
        .method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody())
        .header("Origin", "https://page.example");
  }

  @Test
  void takesARegistrationFromTheConfiguredSignerOnly() throws Exception {
    SigningKey foreign = SigningKey.generateEd25519(new SecureRandom());
    assertCode(ErrorCode.AUTH_ERROR, proxy.register(1, foreign));
    assertCode(ErrorCode.AUTH_ERROR, proxy.register(2, proxy.node.key));
    assertCode(
        ErrorCode.INVALID_BODY,
        proxy.post("/v1/nodes", Optional.empty(), "{\"data\":{}}".getBytes(UTF_8)));
    proxy.node.isHealthy(false);
    assertCode(ErrorCode.NODE_UNAVAILABLE, proxy.register(1, proxy.node.key));
    proxy.node.isHealthy(true);
    assertThat(new String(proxy.register(1, proxy.node.key).body(), UTF_8))
        .isEqualTo("{\"message\":\"Success\"}");
  }

  private void assertFails(ErrorCode code) throws Exception {
    assertCode(code, proxy.chat(ProxyFixture.envelope(proxy.lock(), false)));
    assertThat(proxy.used()).isZero();
    assertThat(proxy.reserved()).isZero();
  }

  private static void assertCode(ErrorCode code, HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(code.status());
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(new String(answer.body(), UTF_8)).isEqualTo(text(code.body()));
  }

  private static byte[] withHash(byte[] message) {
    ObjectNode json = (ObjectNode) ScriptedNode.json(text(message));
    json.put("response_hash", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    return StrictJson.write(json);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
