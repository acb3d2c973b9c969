package dev.sealcheck.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealcheck.node.SealedClient.Sealed;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeOperationTest {

  private static final String PROMPT = "prompt-marker-7Qx";

  @Test
  void rotatesWhenToldAndFinishesWhatIsInFlight() throws Exception {
    try (NodeFixture node = new NodeFixture(1_000, 50)) {
      X25519PublicKey old = node.enclave.publicKey();
      Sealed inFlight = node.client.seal(old, PROMPT, true);
      HttpResponse<InputStream> stream =
          node.client.send(node.port(), inFlight, BodyHandlers.ofInputStream()).get();
      HttpResponse<String> rotated = node.control("/control/rotate", "{}");
      assertThat(rotated.statusCode()).isEqualTo(200);
      assertThat(
              StrictJson.parseObject("rotated", rotated.body().getBytes(UTF_8))
                  .get("public_key")
                  .textValue())
          .isEqualTo(node.enclave.publicKey().bytes().toBase64());
      assertThat(node.enclave.publicKey()).isNotEqualTo(old);
      HttpResponse<byte[]> stale =
          node.client
              .send(node.port(), node.client.seal(old, PROMPT, false), BodyHandlers.ofByteArray())
              .get();
      assertThat(stale.statusCode()).isEqualTo(409);
      assertThat(stale.body()).isEqualTo(ErrorCode.STALE_NODE_KEY.body());
      assertThat(lastEvent(stream, inFlight)).contains("\"choices\":[]").contains("\"final\":true");
      assertThat(chat(node).statusCode()).isEqualTo(200);
      assertThat(node.metricsWith("sealcheck_node_rotations_total{done=\"true\"} 1"))
          .contains("sealcheck_node_replay_entries 1");
    }
  }

  @Test
  void answersOrRefusesAsStaleEachOfManyRequestsAcrossARotation() throws Exception {
    try (NodeFixture node = new NodeFixture(1_000, 0)) {
      X25519PublicKey old = node.enclave.publicKey();
      List<Sealed> sealed = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        sealed.add(node.client.seal(old, PROMPT, false));
      }
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (Sealed request : sealed) {
        answers.add(node.client.send(node.port(), request, BodyHandlers.ofByteArray()));
        if (answers.size() == 100) {
          // A first answer is there, so the rotation falls among the others.
          assertThat(CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new)).get())
              .isNotNull();
          assertThat(node.control("/control/rotate", "{}").statusCode()).isEqualTo(200);
        }
      }
      int answered = 0;
      for (int i = 0; i < sealed.size(); i++) {
        HttpResponse<byte[]> answer = answers.get(i).get(30, TimeUnit.SECONDS);
        if (answer.statusCode() == 200) {
          assertThat(new String(sealed.get(i).open(answer.body()), UTF_8)).contains("choices");
          answered++;
        } else {
          assertThat(answer.body()).isEqualTo(ErrorCode.STALE_NODE_KEY.body());
        }
      }
      assertThat(answered).isBetween(1, 100);
      assertThat(node.enclave.replayMemory().entries()).isZero();
      assertThat(chat(node).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void rotatesOnceByItselfWhenItsKeyIsFull() throws Exception {
    try (NodeFixture node = new NodeFixture(3, 0)) {
      X25519PublicKey old = node.enclave.publicKey();
      for (int i = 0; i < 3; i++) {
        assertThat(chat(node, old).statusCode()).isEqualTo(200);
      }
      HttpResponse<byte[]> stale = chat(node, old);
      assertThat(stale.body()).isEqualTo(ErrorCode.STALE_NODE_KEY.body());
      while (node.enclave.publicKey().equals(old)) {
        Thread.onSpinWait();
      }
      assertThat(chat(node).statusCode()).isEqualTo(200);
      assertThat(node.metricsWith("sealcheck_node_rotations_total{done=\"true\"} 1"))
          .doesNotContain("done=\"false\"");
    }
  }

  @Test
  void dropsItsEngineAndTakesItUpAgain() throws Exception {
    try (NodeFixture node = new NodeFixture(1_000, 1)) {
      Sealed inFlight = node.client.seal(node.enclave.publicKey(), PROMPT, true);
      HttpResponse<InputStream> stream =
          node.client.send(node.port(), inFlight, BodyHandlers.ofInputStream()).get();
      assertThat(node.control("/control/engine", "{\"up\":false}").body())
          .isEqualTo("{\"up\":false}");
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> lastEvent(stream, inFlight));
      HttpResponse<byte[]> failed = chat(node);
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(failed.body()).isEqualTo(ErrorCode.INTERNAL_ERROR.body());
      assertThat(node.control("/control/engine", "{\"up\":true}").statusCode()).isEqualTo(200);
      assertThat(chat(node).statusCode()).isEqualTo(200);
      assertThat(node.metricsWith("sealcheck_node_engine_errors_total{reason=\"FAILED\"} 2"))
          .doesNotContain("marker");
    }
  }

  @Test
  void holdsConfidentialRequestsBackWhileItIsPaused() throws Exception {
    try (NodeFixture node = new NodeFixture(1_000, 0)) {
      assertThat(node.control("/control/pause", "{\"paused\":true}").statusCode()).isEqualTo(200);
      Sealed sealed = node.client.seal(node.enclave.publicKey(), PROMPT, false);
      CompletableFuture<HttpResponse<byte[]>> held =
          node.client.send(node.port(), sealed, BodyHandlers.ofByteArray());
      while (node.pause.waiting() != 1) {
        Thread.onSpinWait();
      }
      assertThat(node.client.get(SealedClient.uri(node.port(), "/health")).statusCode())
          .isEqualTo(200);
      assertThat(held).isNotDone();
      assertThat(node.metricsWith("sealcheck_node_requests_in_flight 1"))
          .contains("sealcheck_node_replay_entries 0");
      assertThat(node.control("/control/pause", "{\"paused\":false}").statusCode()).isEqualTo(200);
      assertThat(held.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void countsWhatItDoesAndNothingThatWasSent() throws Exception {
    try (NodeFixture node = new NodeFixture(1_000, 0)) {
      Sealed stream = node.client.seal(node.enclave.publicKey(), PROMPT, true);
      assertThat(
              lastEvent(
                  node.client.send(node.port(), stream, BodyHandlers.ofInputStream()).get(),
                  stream))
          .contains("usage");
      HttpResponse<byte[]> replayed =
          node.client.send(node.port(), stream, BodyHandlers.ofByteArray()).get();
      assertThat(replayed.body()).isEqualTo(ErrorCode.REPLAYED_REQUEST.body());
      node.client.get(SealedClient.uri(node.port(), "/path-marker?query-marker=1"));
      assertThat(node.client.get(SealedClient.uri(node.port(), "/metrics")).statusCode())
          .isEqualTo(404);
      assertThat(node.client.get(SealedClient.uri(node.port(), "/control/pause")).statusCode())
          .isEqualTo(404);
      String chat = "path=\"/v1/confidential/chat/completions\"";
      String metrics =
          node.metricsWith(
              "sealcheck_node_requests_total{code=\"OK\"," + chat + "} 1",
              "sealcheck_node_requests_total{code=\"REPLAYED_REQUEST\"," + chat + "} 1",
              "sealcheck_node_requests_total{code=\"NOT_FOUND\",path=\"other\"} 3",
              "sealcheck_node_requests_in_flight 0");
      assertThat(metrics)
          .contains("sealcheck_node_replay_entries 1")
          .containsPattern("sealcheck_node_replay_bytes [1-9]")
          .containsPattern("sealcheck_node_stream_events_total [1-9]")
          .containsPattern("jvm_memory_used_bytes\\{area=\"heap\"\\} [1-9]");
      assertThat(metrics)
          .doesNotContain("marker")
          .doesNotContain(SealedClient.MODEL)
          .doesNotContain(node.token)
          .doesNotContain(node.enclave.publicKey().bytes().toBase64())
          .doesNotContain(node.enclave.address());
    }
  }

  @Test
  void letsNobodyControlItWithoutTheToken() throws Exception {
    try (NodeFixture node = new NodeFixture(1_000, 0)) {
      X25519PublicKey key = node.enclave.publicKey();
      assertThat(node.control("/control/nothing", "{}").statusCode()).isEqualTo(404);
      assertThat(node.withToken("no-token-of-this-node", "/control/rotate").statusCode())
          .isEqualTo(401);
      assertThat(node.enclave.publicKey()).isEqualTo(key);
    }
  }

  private static HttpResponse<byte[]> chat(NodeFixture node) throws Exception {
    return chat(node, node.enclave.publicKey());
  }

  private static HttpResponse<byte[]> chat(NodeFixture node, X25519PublicKey key) throws Exception {
    return node.client
        .send(node.port(), node.client.seal(key, PROMPT, false), BodyHandlers.ofByteArray())
        .get(30, TimeUnit.SECONDS);
  }

  /** Reads the stream to its clean end and returns its last event, opened. */
  private static String lastEvent(HttpResponse<InputStream> stream, Sealed sealed)
      throws Exception {
    assertThat(stream.statusCode()).isEqualTo(200);
    String last = null;
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          last = new String(sealed.open(line.substring("data: ".length()).getBytes(UTF_8)), UTF_8);
        }
      }
    }
    return last;
  }
}
