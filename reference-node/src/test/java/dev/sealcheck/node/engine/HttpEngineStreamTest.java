package dev.sealcheck.node.engine;

import static dev.sealcheck.node.engine.HttpEngineFixture.next;
import static dev.sealcheck.node.engine.HttpEngineFixture.refusal;
import static dev.sealcheck.node.engine.ScriptedEngine.CHUNK;
import static dev.sealcheck.node.engine.ScriptedEngine.USAGE_CHUNK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.node.engine.EngineException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpEngineStreamTest {

  private static final String ODD = "{ \"z\" :\t1.10,\"a\":\"\\u00e9 é 😀\", \"error\" : null }";

  private HttpEngineFixture node;

  @BeforeEach
  void start() throws Exception {
    node = new HttpEngineFixture(HttpEngineStreamTest::complete);
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  @Test
  void beginsAsSoonAsTheEngineHasAgreed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    node.scripted.follow(
        call -> {
          call.beginStream();
          begun.await();
          call.event(CHUNK);
          call.end();
        });
    try (EngineStream stream = node.stream()) {
      assertThat(node.scripted.calls().get(0).body()).contains("\"stream\":true");
      assertThat(node.scripted.calls().get(0).headers())
          .containsEntry("accept", "text/event-stream");
      begun.countDown();
      assertThat(next(stream)).contains(CHUNK);
      assertThat(next(stream)).isEmpty();
    }
  }

  @Test
  void givesEachEventByteForByteHoweverItIsFramed() throws Exception {
    String one = "data: " + ODD + "\n\n";
    List<String> framings =
        List.of(
            one + one + "data: [DONE]\n\n",
            one + one,
            one.replace("\n", "\r\n") + "data:" + ODD + "\r\n\r\ndata:[DONE]\r\n\r\n",
            one.replace("\n", "\r") + one.replace("\n", "\r"),
            ": ping\n\n" + one + ": ping\n" + one + ":\n\n",
            "\uFEFF\n\nid: 1\nevent: message\nretry: 5\n" + one + "other\n\n" + one);
    for (String framing : framings) {
      node.scripted.follow(call -> stream(call, framing));
      assertThat(node.events()).as(framing).containsExactly(ODD, ODD);

      node.scripted.follow(
          call -> {
            call.beginStream();
            for (String piece : framing.codePoints().mapToObj(Character::toString).toList()) {
              call.chunk(piece);
            }
            call.end();
          });
      assertThat(node.events()).as(framing).containsExactly(ODD, ODD);
    }
  }

  @Test
  void readsAStreamThatEndsWithItsConnection() throws Exception {
    node.scripted.follow(
        call ->
            call.raw(
                "HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream\r\n\r\ndata: "
                    + CHUNK
                    + "\n\n"));

    assertThat(node.events()).containsExactly(CHUNK);
  }

  @Test
  void endsAtDoneWhateverComesAfterItAndLeaves() throws Exception {
    node.scripted.follow(
        call -> {
          call.beginStream();
          call.event(CHUNK);
          call.event("[DONE]");
          call.event("{\"error\":\"too late\"}");
          call.stayUntilPeerLeaves();
        });

    assertThat(node.events()).containsExactly(CHUNK);
    assertThat(node.engine.running()).isZero();
    node.scripted.awaitDepartures(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"a\":1}",
        "data: {\"a\":1}\n",
        "data: {\"error\":{\"message\":\"canary\"}}\n\n",
        "data: {\"error\":\"canary\",\"choices\":[]}\n\n",
        "event: error\ndata: {\"message\":\"canary\"}\n\n",
        "data: {\"message\":\"canary\"}\nevent: error\n\n",
        "data: canary\n\n",
        "data: {\"a\":\"canary\n\n",
        "data: {\"a\":1}{\"canary\":2}\n\n",
        "data: [1]\n\n"
      })
  void failsAtAnEventThatIsCutBrokenOrAnError(String last) throws Exception {
    node.scripted.follow(call -> stream(call, "data: " + CHUNK + "\n\n" + last));
    try (EngineStream stream = node.stream()) {
      assertThat(next(stream)).contains(CHUNK);
      assertThat(refusal(Reason.FAILED, stream::next))
          .hasNoCause()
          .hasMessageNotContaining("canary");
      refusal(Reason.FAILED, stream::next);
      assertThat(node.engine.running()).isZero();
    }
  }

  @Test
  void failsWhereTheConnectionIsResetOrCut() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    node.scripted.follow(
        call -> {
          call.beginStream();
          call.event(CHUNK);
          read.await();
          call.reset();
        });
    try (EngineStream stream = node.stream()) {
      assertThat(next(stream)).contains(CHUNK);
      read.countDown();
      refusal(Reason.FAILED, stream::next);
      assertThat(node.engine.running()).isZero();
    }
    node.scripted.follow(
        call -> {
          call.beginStream();
          call.event(CHUNK);
        });
    refusal(Reason.FAILED, node::events);
  }

  @Test
  void failsAtAnEventThatIsTooLarge() {
    String large = "{\"a\":\"" + "x".repeat(HttpEngineStream.MAX_EVENT_BYTES) + "\"}";
    node.scripted.follow(call -> stream(call, "data: " + large + "\n\n"));

    assertThat(refusal(Reason.FAILED, node::events)).hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", "text/event-streams", ""})
  void failsWhereTheAnswerIsNoStream(String type) {
    node.scripted.follow(
        call ->
            call.raw(
                "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: 2\r\n\r\n{}"));

    refusal(Reason.FAILED, node::stream);
    assertThat(node.engine.running()).isZero();
  }

  @Test
  void givesItsSlotBackWhicheverWayItEnds() throws Exception {
    for (int i = 0; i < HttpEngineFixture.MAX_CONCURRENT * 3; i++) {
      assertThat(node.events()).containsExactly(CHUNK, USAGE_CHUNK);
      node.stream().close();
      node.scripted.follow(call -> call.answer(400, "{}"));
      refusal(Reason.INVALID_REQUEST, node::stream);
      refusal(Reason.INVALID_REQUEST, node::answer);
      node.scripted.follow(ScriptedCall::reset);
      refusal(Reason.FAILED, node::stream);
      node.scripted.follow(HttpEngineStreamTest::complete);
    }
    assertThat(node.engine.running()).isZero();
  }

  private static void complete(ScriptedCall call) throws IOException {
    stream(call, "data: " + CHUNK + "\n\ndata: " + USAGE_CHUNK + "\n\ndata: [DONE]\n\n");
  }

  private static void stream(ScriptedCall call, String text) throws IOException {
    call.beginStream();
    call.chunk(text);
    call.end();
  }
}
