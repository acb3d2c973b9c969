package dev.sealcheck.conformance.engine;

import static dev.sealcheck.conformance.engine.EngineClient.MARKER;
import static dev.sealcheck.conformance.engine.EngineClient.chat;
import static dev.sealcheck.conformance.engine.EngineClient.chatStream;
import static dev.sealcheck.conformance.engine.EngineClient.chunks;
import static dev.sealcheck.conformance.engine.EngineClient.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamBehavioursTest {
  private ScriptedEngine engine;
  private EngineScript script;
  private EngineClient client;

  @BeforeEach
  void start() throws IOException {
    engine = ScriptedEngine.start("127.0.0.1", 0);
    script = engine.script(MARKER);
    client = new EngineClient(engine.base());
  }

  @AfterEach
  void stop() {
    engine.close();
    assertThat(engine.failures()).isEmpty();
  }

  private HttpResponse<byte[]> stream(EngineBehaviour behaviour) throws Exception {
    script.does(behaviour);
    return client.post(EngineEndpoint.CHAT, chatStream());
  }

  @Test
  void spreadsTheGoodStreamOverTime() throws Exception {
    Duration pause = Duration.ofMillis(5);
    long start = System.nanoTime();
    assertThat(data(stream(StreamBehaviours.spread(pause)))).hasSize(9);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(pause.multipliedBy(8));
  }

  @Test
  void leavesUsageOut() throws Exception {
    assertThat(chunks(stream(StreamBehaviours.withoutUsage())))
        .hasSize(7)
        .noneMatch(chunk -> chunk.has("usage"));
  }

  @Test
  void sendsExactChunks() throws Exception {
    List<Bytes> exact = List.of(Bytes.utf8("{\"z\":1e5}"), Bytes.utf8("not json"));
    assertThat(data(stream(StreamBehaviours.exactChunks(exact))))
        .containsExactly("{\"z\":1e5}", "not json", "[DONE]");
  }

  @Test
  void breaksOneChunk() throws Exception {
    List<String> data = data(stream(StreamBehaviours.brokenChunk(2)));
    assertThat(data).hasSize(9);
    for (int i = 0; i < 8; i++) {
      Bytes chunk = Bytes.utf8(data.get(i));
      if (i == 2) {
        assertThatThrownBy(() -> StrictJson.parse(chunk)).isInstanceOf(MalformedAnswer.class);
      } else {
        assertThat(StrictJson.parseObject(chunk).has("id")).isTrue();
      }
    }
  }

  @Test
  void diesInTheMiddle() {
    assertThatThrownBy(() -> stream(StreamBehaviours.resetAfter(2)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> stream(StreamBehaviours.closedAfter(2)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void endsCleanlyTooEarly() throws Exception {
    assertThat(data(stream(StreamBehaviours.endedAfter(2)))).hasSize(2);
    assertThat(data(stream(StreamBehaviours.endedAfter(0)))).isEmpty();
  }

  @Test
  void tellsAnErrorInTheMiddle() throws Exception {
    List<String> data = data(stream(StreamBehaviours.errorEventAfter(1, "marker")));
    assertThat(data).hasSize(3);
    assertThat(data.get(1)).contains("\"error\"", "marker");
  }

  @Test
  void fallsSilentUntilTheNodeLeaves() throws Exception {
    script.does(StreamBehaviours.silentAfter(1));
    try (InputStream body = client.open(EngineEndpoint.CHAT, chatStream()).body()) {
      assertThat(EngineClient.line(body)).startsWith("data: {");
    }
    assertThat(script.calls().get(0).http().awaitPeerGone(EngineClient.soon())).isTrue();
  }

  @Test
  void answersAWholeWhereNoStreamIsAskedFor() throws Exception {
    script.does(StreamBehaviours.resetAfter(1));
    assertThat(client.answer(EngineEndpoint.CHAT, chat()).has("usage")).isTrue();
  }
}
