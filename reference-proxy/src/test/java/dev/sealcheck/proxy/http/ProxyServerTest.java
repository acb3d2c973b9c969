package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
