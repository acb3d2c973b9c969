package dev.sealcheck.node.http;

import static dev.sealcheck.node.engine.ScriptedEngine.ANSWER;
import static dev.sealcheck.node.engine.ScriptedEngine.CHUNK;
import static dev.sealcheck.node.engine.ScriptedEngine.USAGE_CHUNK;
import static dev.sealcheck.node.http.NodeFixture.assertRefused;
import static dev.sealcheck.node.http.NodeFixture.body;
import static dev.sealcheck.node.http.NodeFixture.streamed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.node.engine.ScriptedCall;
import dev.sealcheck.node.engine.ScriptedEngine;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.server.SseInput;
import dev.sealcheck.protocol.signature.SignatureScheme;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NodeServerTest {

  private static final int RESETS = 200;

  private NodeFixture node;

  @BeforeEach
  void start() throws Exception {
    node = new NodeFixture();
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  @ParameterizedTest
  @EnumSource(ConfidentialPath.class)
  void sealsTheBytesThatTheEngineWroteForTheBodyThatTheClientSealed(ConfidentialPath path)
      throws Exception {
    String usage =
        path == ConfidentialPath.IMAGES
            ? ""
            : ",\"usage\":{\"total_tokens\":3,\"prompt_tokens\":2,\"completion_tokens\":1}";
    String odd = "{ \"z\" :1.50,\"\\u00e9 é 😀\":[ 1e2 ]" + usage + "}";
    node.engine.follow(call -> call.answer(200, odd));
    SealingClient.Sealed sealed = node.seal(body(path));
    HttpResponse<byte[]> answer = node.ask(path, sealed);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(sealed.openWithoutSeal(answer.body(), true)).isEqualTo(odd);
    ScriptedCall call = node.engine.calls().get(0);
    assertThat(call.path()).isEqualTo(path.path().replace("/confidential", ""));
    assertThat(StrictJson.parseObject("asked", call.body().getBytes(UTF_8))).isEqualTo(body(path));
  }

  @Test
  void givesEmbeddingsTheCountThatTheirEngineLeavesOut() throws Exception {
    String answer = "{\"data\":[],\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}";
    node.engine.follow(call -> call.answer(200, answer));
    SealingClient.Sealed sealed = node.seal(body(ConfidentialPath.EMBEDDINGS));

    assertThat(sealed.openWithoutSeal(node.ask(ConfidentialPath.EMBEDDINGS, sealed).body(), true))
        .isEqualTo(answer.replace("}}", ",\"completion_tokens\":0}}"));
  }

  @ParameterizedTest
  @EnumSource(names = {"CHAT_COMPLETIONS", "COMPLETIONS"})
  void sealsAStreamEventByEventAndAsksTheEngineForUsage(ConfidentialPath path) throws Exception {
    node.engine.follow(
        call -> {
          call.beginStream();
          call.chunk(": ping\n\ndata: " + CHUNK + "\r\n\r\nda");
          call.chunk("ta: " + CHUNK + "\n\ndata: " + USAGE_CHUNK + "\n\ndata: [DONE]\n\n");
          call.end();
        });
    SealingClient.Sealed sealed = node.seal(streamed(path));
    HttpResponse<byte[]> answer = node.ask(path, sealed);

    assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(new String(answer.body(), UTF_8)).doesNotContain("[DONE]");
    SseInput events = new SseInput(new ByteArrayInputStream(answer.body()), 10_000);
    assertThat(sealed.openWithoutSeal(events.next().orElseThrow(), false)).isEqualTo(CHUNK);
    assertThat(sealed.openWithoutSeal(events.next().orElseThrow(), false)).isEqualTo(CHUNK);
    assertThat(sealed.openWithoutSeal(events.next().orElseThrow(), true)).isEqualTo(USAGE_CHUNK);
    assertThat(events.next()).isEmpty();
    ObjectNode asked = streamed(path);
    asked.putObject("stream_options").put("include_usage", true);
    assertThat(node.engine.calls().get(0).body())
        .isEqualTo(new String(StrictJson.write(asked), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "redirect",
        "nothing",
        "reset",
        "broken JSON",
        "no usage",
        "bad usage",
        "error"
      })
  void answers500WhereTheEngineFailsBeforeItsHeadIsOut(String fault) throws Exception {
    ScriptedEngine.Script script =
        switch (fault) {
          case "status" -> call -> call.answer(500, "{\"error\":\"canary\"}");
          case "redirect" -> call -> call.answer(307, "{}", "Location: /v1/embeddings");
          case "nothing" -> call -> call.raw("");
          case "reset" -> ScriptedCall::reset;
          case "broken JSON" -> call -> call.answer(200, ANSWER.substring(1));
          case "no usage" -> call -> call.answer(200, ANSWER.replace("usage", "used"));
          case "bad usage" ->
              call -> call.answer(200, ANSWER.replace("_tokens\":2", "_tokens\":-2"));
          default -> call -> call.answer(200, "{\"error\":{\"message\":\"canary\"}}");
        };
    node.engine.follow(script);
    for (ConfidentialPath path : ConfidentialPath.values()) {
      // A picture has no usage that could be missing.
      if (path != ConfidentialPath.IMAGES || !fault.equals("no usage")) {
        assertRefused(ErrorCode.INTERNAL_ERROR, node.ask(path, body(path)));
      }
      if (path.streams()) {
        assertRefused(ErrorCode.INTERNAL_ERROR, node.ask(path, streamed(path)));
      }
    }
    node.requireHealth();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"choices\"\n\n",
        "data: [1]\n\n",
        "data: {\"error\":\"canary\"}\n\n",
        "event: error\ndata: {}\n\n",
        "data: {\"choices\":[],\"usage\":7}\n\n",
        "data: {\"choices\":[],\"usage\":{}}\n\n",
        "data: [DONE]\n\n",
        "",
        "data: ",
        "reset",
        "goes on"
      })
  void cutsAStreamWhoseEngineFailsAfterTheHead(String last) throws Exception {
    Semaphore headIsOut = new Semaphore(0);
    node.engine.follow(
        call -> {
          call.beginStream();
          call.event(CHUNK);
          headIsOut.acquire();
          switch (last) {
            case "reset" -> call.reset();
            case "goes on" -> {
              call.event(USAGE_CHUNK);
              call.event(CHUNK);
              call.end();
            }
            default -> {
              call.chunk(last.isEmpty() ? "\n" : last);
              call.end();
            }
          }
        });
    for (ConfidentialPath path :
        List.of(ConfidentialPath.CHAT_COMPLETIONS, ConfidentialPath.COMPLETIONS)) {
      SealingClient.Sealed sealed = node.seal(streamed(path));
      HttpResponse<InputStream> answer = node.begin(node.signed(path, sealed));
      assertThat(answer.statusCode()).isEqualTo(200);
      headIsOut.release();
      try (InputStream stream = answer.body()) {
        assertThatExceptionOfType(IOException.class).isThrownBy(stream::readAllBytes);
      }
    }
    node.requireHealth();
  }

  @Test
  void stopsTheEngineOfAStreamForTheProxyThatBeganIt() throws Exception {
    node.engine.follow(
        call -> {
          call.beginStream();
          call.event(CHUNK);
          call.stayUntilPeerLeaves();
        });
    ConfidentialPath path = ConfidentialPath.CHAT_COMPLETIONS;
    SealingClient.Sealed sealed = node.seal(streamed(path));
    HttpResponse<InputStream> answer =
        node.begin(node.signed(path, sealed).header("X-Request-Id", "stream-1"));
    try (InputStream stream = answer.body()) {
      SseInput events = new SseInput(stream, 10_000);
      assertThat(sealed.openWithoutSeal(events.next().orElseThrow(), false)).isEqualTo(CHUNK);

      assertRefused(
          ErrorCode.AUTH_ERROR, node.send(stopStream("stream-1", SignatureScheme.SECP256K1)));
      assertRefused(
          ErrorCode.NOT_FOUND, node.send(stopStream("stream-2", SignatureScheme.ED25519)));
      HttpResponse<byte[]> stopped = node.send(stopStream("stream-1", SignatureScheme.ED25519));
      assertThat(new String(stopped.body(), UTF_8)).isEqualTo("\"OK\"");

      node.engine.awaitDepartures(1);
      String usage = sealed.open(events.next().orElseThrow(), true);
      assertThat(usage).contains("\"choices\":[]").contains("\"completion_tokens\":1");
      assertThat(events.next()).isEmpty();
    }
    assertRefused(ErrorCode.NOT_FOUND, node.send(stopStream("stream-1", SignatureScheme.ED25519)));
  }

  @Test
  void staysWellWhenConnectionsAreResetInTheMidstOfABody() throws Exception {
    ConfidentialPath path = ConfidentialPath.CHAT_COMPLETIONS;
    SealingClient.Sealed sealed = node.seal(body(path));
    for (int i = 0; i < RESETS; i++) {
      NodeFixture.reset(node.beginByHand(path, sealed, i % 3 * 100));
    }
    assertThat(node.engine.calls()).isEmpty();
    // Nothing of it was remembered as a request either.
    assertThat(node.ask(path, sealed).statusCode()).isEqualTo(200);
    node.requireHealth();
  }

  private HttpRequest.Builder stopStream(String id, SignatureScheme scheme) {
    String signature =
        NodeFixture.proxyKey(scheme)
            .sign(Blake2b256.of(("stop-streamer:" + id).getBytes(UTF_8)))
            .toText();
    return node.request(StopEndpoint.PATH, new byte[0])
        .header("X-Request-Id", id)
        .header("X-Signature", signature);
  }
}
