package dev.sealcheck.conformance.engine;

import static dev.sealcheck.conformance.engine.EngineClient.MARKER;
import static dev.sealcheck.conformance.engine.EngineClient.chat;
import static dev.sealcheck.conformance.engine.EngineClient.chatStream;
import static dev.sealcheck.conformance.engine.EngineClient.chunks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SegmentedStreamTest {
  private static final List<String> TEXTS = List.of("one ", "tw\u00f6\n\ndata: ", "three");

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

  private HttpResponse<byte[]> stream(SegmentedStream behaviour) throws Exception {
    script.does(behaviour);
    return client.post(EngineEndpoint.CHAT, chatStream());
  }

  @Test
  void sendsEveryTextHoweverTheBytesAreCut() throws Exception {
    for (SegmentedStream cut :
        List.of(
            SegmentedStream.inPairs(TEXTS),
            SegmentedStream.atOnce(TEXTS),
            SegmentedStream.byteByByte(TEXTS),
            SegmentedStream.commentGlued(TEXTS))) {
      List<ObjectNode> chunks = chunks(stream(cut));
      assertThat(chunks).hasSize(5);
      for (int i = 0; i < TEXTS.size(); i++) {
        assertThat(EngineClient.text(chunks.subList(i, i + 1))).isEqualTo(TEXTS.get(i));
      }
      assertThat(chunks.get(3).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
      assertThat(chunks.get(4).at("/usage/completion_tokens").asInt()).isEqualTo(3);
    }
    assertThat(Bytes.of(stream(SegmentedStream.commentGlued(TEXTS)).body()).toLenientUtf8())
        .startsWith(": a comment");
  }

  @Test
  void handsTheEventsToTheCheckToBeCut() throws Exception {
    List<Bytes> handed = new ArrayList<>();
    stream(
        new SegmentedStream(
            TEXTS,
            events -> {
              handed.addAll(events);
              return events;
            }));

    assertThat(handed)
        .hasSize(6)
        .allSatisfy(
            event -> assertThat(event.toLenientUtf8()).startsWith("data: ").endsWith("\n\n"));
    assertThat(handed.get(5)).isEqualTo(Bytes.utf8("data: [DONE]\n\n"));
  }

  @Test
  void answersAWholeWhereNoStreamIsAskedFor() throws Exception {
    script.does(SegmentedStream.inPairs(TEXTS));

    assertThat(client.answer(EngineEndpoint.CHAT, chat()).has("usage")).isTrue();
  }

  @Test
  void refusesToSayNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SegmentedStream.atOnce(List.of()))
        .withMessageContaining("1 or more");
  }
}
