package dev.sealcheck.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.StreamEnd;
import dev.sealcheck.conformance.exchange.StreamExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeStreamsTest {
  private static final int EVENTS = 8;

  private NodeClient client;

  @BeforeEach
  void start() throws IOException {
    client = new NodeClient();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
  }

  @Test
  void streamsAGoodChat() {
    SealedRequest request = client.seal(NodeClient.chat(true));
    try (StreamExchange stream = client.open(client.call(request))) {
      assertThat(stream.awaitHead().orElseThrow().isEventStream()).isTrue();
      List<OpenedAnswer> events = client.read(stream, request);
      assertThat(stream.end()).isEqualTo(StreamEnd.CLEAN);
      assertComplete(events, request);
      assertThat(stream.events()).allMatch(SseEvent::isOneDataLine);
    }
  }

  @Test
  void streamsAGoodTextCompletion() {
    ObjectNode body = StrictJson.object();
    body.put("model", NodeClient.MODEL).put("prompt", "Once").put("stream", true);
    SealedRequest request = client.seal(NodeClient.recipe(Endpoint.COMPLETIONS, true, body));
    try (StreamExchange stream = client.open(client.call(request))) {
      List<OpenedAnswer> events = client.read(stream, request);
      assertThat(events).hasSize(EVENTS);
      assertThat(events.get(0).json().path("choices").path(0).path("text").textValue())
          .isNotBlank();
    }
  }

  @Test
  void writesSeveralEventsAtOnce() throws IOException {
    assertThat(chunks(NodeStreams.coalesced(3)))
        .extracting(NodeStreamsTest::eventsIn)
        .containsExactly(3, 3, 2);
    assertThatIllegalArgumentException().isThrownBy(() -> NodeStreams.coalesced(1));
  }

  @Test
  void writesOneEventByteByByte() throws IOException {
    List<String> chunks = chunks(NodeStreams.bytewise(2));
    assertThat(chunks.subList(2, chunks.size() - 5)).allMatch(chunk -> chunk.length() == 1);
    assertThat(String.join("", chunks.subList(2, chunks.size() - 5)))
        .startsWith("data: {")
        .endsWith("}\n\n");
  }

  @Test
  void gluesCommentsToEvents() throws IOException {
    assertThat(chunks(NodeStreams.commentBeforeEvents()))
        .hasSize(EVENTS)
        .allMatch(chunk -> chunk.startsWith(": keep-alive\n\ndata: "));
    assertThat(chunks(NodeStreams.commentInsideEvents()))
        .hasSize(EVENTS)
        .allMatch(chunk -> chunk.startsWith(": keep-alive\ndata: "));
  }

  @Test
  void losesNothingHoweverItIsWritten() {
    for (NodeBehaviour odd :
        List.of(
            NodeStreams.coalesced(2),
            NodeStreams.bytewise(0),
            NodeStreams.bytewise(EVENTS - 1),
            NodeStreams.commentBeforeEvents(),
            NodeStreams.commentInsideEvents())) {
      SealedRequest request = client.seal(NodeClient.chat(true));
      assertComplete(client.read(with(odd, request), request), request);
    }
  }

  @Test
  void changesOneEventAndNoOther() {
    SealedRequest request = client.seal(NodeClient.chat(true));
    StreamExchange stream =
        with(NodeStreams.withEvent(3, ReplyFault.SIGNATURE_NOT_BASE64), request);
    List<SseEvent> events = rest(stream);
    assertThat(events).hasSize(EVENTS);
    assertThatThrownBy(() -> SealedAnswer.parse(events.get(3).data()))
        .isInstanceOf(MalformedAnswer.class);
    IntStream.range(0, EVENTS)
        .filter(i -> i != 3)
        .forEach(i -> client.verified(events.get(i).data(), request));
  }

  @Test
  void changesTheUsageOfTheLastEvent() {
    SealedRequest request = client.seal(NodeClient.chat(true));
    StreamExchange stream = with(NodeStreams.withLastEvent(ReplyFault.USAGE_NEGATIVE), request);
    List<OpenedAnswer> events = client.read(stream, request);
    assertThat(events).hasSize(EVENTS);
    assertThat(events.get(EVENTS - 1).outerUsage().orElseThrow().path("total_tokens").intValue())
        .isEqualTo(-1);
  }

  @Test
  void breaksOffAfterAnEvent() {
    assertThat(ending(NodeStreams.resetAfter(0), 0)).isEqualTo(StreamEnd.ABORTED);
    assertThat(ending(NodeStreams.closedAfter(3), 3)).isEqualTo(StreamEnd.ABORTED);
    assertThat(ending(NodeStreams.endedAfter(2), 2)).isEqualTo(StreamEnd.CLEAN);
    assertThat(ending(NodeStreams.withoutUsage(), EVENTS - 1)).isEqualTo(StreamEnd.CLEAN);
  }

  @Test
  void resetsAfterTheEventsThatWereRead() {
    SealedRequest request = client.seal(NodeClient.chat(true));
    StreamExchange stream = with(NodeStreams.resetAfter(3), request);
    // A reset may overtake events that the client has not taken yet.
    assertThat(client.read(stream, request).size()).isLessThanOrEqualTo(3);
    assertThat(stream.end()).isEqualTo(StreamEnd.ABORTED);
  }

  @Test
  void isSilentUntilItIsStopped() {
    SealedRequest request = client.seal(NodeClient.chat(true));
    HttpCall call = client.call(request).withHeader("X-Request-Id", "req-1");
    try (Serving serving = client.node.behave(NodeStreams.silentAfter(2));
        StreamExchange stream = client.open(call)) {
      assertThat(serving).isNotNull();
      client.verified(stream.next().orElseThrow().data(), request);
      client.verified(stream.next().orElseThrow().data(), request);
      assertThat(client.stop("req-2", client.proxy).status()).isEqualTo(404);
      assertThat(client.stop("req-1", SigningPair.generate()).status()).isEqualTo(401);
      assertThat(client.stop("req-1", client.proxy).body().toLenientUtf8()).isEqualTo("\"OK\"");
      List<OpenedAnswer> last = client.read(stream, request);
      assertThat(stream.end()).isEqualTo(StreamEnd.CLEAN);
      assertThat(last).hasSize(1);
      JsonNode chunk = last.get(0).json();
      assertThat(chunk.path("choices")).isEmpty();
      assertThat(chunk.path("usage").path("completion_tokens").intValue()).isEqualTo(2);
      assertThat(chunk.path("seal").path("seq").intValue()).isEqualTo(2);
      assertThat(chunk.path("seal").path("final").booleanValue()).isTrue();
    }
    assertThat(client.node.awaitStops(3, client.deadline))
        .extracting(StopCall::status)
        .containsExactly(404, 401, 200);
    assertThat(client.node.stopRequests()).isEqualTo(3);
    assertThat(client.node.stops().get(2).signer()).contains(client.proxy.address());
    assertThat(client.stop("req-1", client.proxy).status()).isEqualTo(404);
  }

  @Test
  void staysSilentWhereItIgnoresStops() {
    SealedRequest request = client.seal(NodeClient.chat(true));
    HttpCall call = client.call(request).withHeader("X-Request-Id", "req-1");
    Serving serving = client.node.behave(NodeStreams.deafAfter(1));
    try (StreamExchange stream = client.open(call)) {
      client.verified(stream.next().orElseThrow().data(), request);
      assertThat(client.stop("req-1", client.proxy).status()).isEqualTo(200);
      serving.close();
      assertThat(stream.next()).isEmpty();
      assertThat(stream.end()).isEqualTo(StreamEnd.ABORTED);
    }
  }

  @Test
  void refusesAnEventThatTheAnswerDoesNotHave() throws IOException {
    NodeClient own = new NodeClient();
    SealedRequest request = own.seal(NodeClient.chat(true, 1));
    own.node.behave(NodeStreams.withEvent(5, ReplyFault.NONCE_MISSING));
    try (StreamExchange stream = own.open(own.call(request))) {
      assertThat(stream.awaitEnd().failure()).isPresent();
    }
    assertThatThrownBy(own::close).hasMessageContaining("event 5 of 3");
  }

  private StreamEnd ending(NodeBehaviour behaviour, int events) {
    SealedRequest request = client.seal(NodeClient.chat(true));
    StreamExchange stream = with(behaviour, request);
    assertThat(client.read(stream, request)).hasSize(events);
    return stream.end();
  }

  private StreamExchange with(NodeBehaviour behaviour, SealedRequest request) {
    Serving serving = client.node.behave(behaviour);
    StreamExchange stream = client.open(client.call(request));
    stream.awaitEnd();
    serving.close();
    return stream;
  }

  private List<String> chunks(NodeBehaviour behaviour) throws IOException {
    try (Serving serving = client.node.behave(behaviour);
        RawAnswer answer = new RawAnswer(client.call(client.seal(NodeClient.chat(true))))) {
      assertThat(serving).isNotNull();
      return answer.chunks();
    }
  }

  private static List<SseEvent> rest(StreamExchange stream) {
    List<SseEvent> events = new ArrayList<>();
    for (Optional<SseEvent> next = stream.next(); next.isPresent(); next = stream.next()) {
      events.add(next.get());
    }
    return events;
  }

  private static int eventsIn(String chunk) {
    return chunk.split("\n\n").length;
  }

  private static void assertComplete(List<OpenedAnswer> events, SealedRequest request) {
    assertThat(events).hasSize(EVENTS);
    assertThat(events).extracting(OpenedAnswer::nonce).doesNotHaveDuplicates();
    for (int i = 0; i < EVENTS; i++) {
      JsonNode chunk = events.get(i).json();
      assertThat(chunk.path("id")).isEqualTo(events.get(0).json().path("id"));
      ObjectNode seal = StrictJson.object();
      seal.put("seq", i).put("final", i == EVENTS - 1);
      seal.put("request_hash", request.plaintextHash().base64());
      assertThat(chunk.get("seal")).isEqualTo(seal);
    }
    JsonNode finish = events.get(EVENTS - 2).json().path("choices").path(0);
    assertThat(finish.path("finish_reason").textValue()).isEqualTo("stop");
    JsonNode last = events.get(EVENTS - 1).json();
    assertThat(last.path("choices").isArray()).isTrue();
    assertThat(last.path("choices")).isEmpty();
    assertThat(last.path("usage").path("completion_tokens").intValue()).isEqualTo(6);
  }
}
