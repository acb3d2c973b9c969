package dev.sealcheck.conformance.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.Hung;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamExchangeTest {
  private static final String HEAD =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Content-Type: text/event-stream; charset=utf-8",
          "Transfer-Encoding: chunked",
          "",
          "");
  private static final String END = "0\r\n\r\n";

  private final SuiteClock clock = SuiteClock.system();
  private final Transcript transcript = new Transcript();
  private final Messenger messenger = new Messenger(clock);
  private final Deadline deadline = Deadline.in(clock, Duration.ofSeconds(20));

  @AfterEach
  void closeConnections() {
    transcript.close();
    messenger.close();
  }

  @Test
  void handsOverEachEventAsItComes() throws Exception {
    Semaphore clientHasRead = new Semaphore(0);
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.readRequest();
                  connection.write(HEAD);
                  for (int i = 0; i < 5; i++) {
                    connection.writeChunk("data: " + i + "\n\n");
                    clientHasRead.acquire();
                  }
                  connection.write(END);
                });
        StreamExchange stream = open(server, "{\"stream\":true}")) {
      assertThat(stream.awaitHead().orElseThrow().isEventStream()).isTrue();
      for (int i = 0; i < 5; i++) {
        assertThat(stream.next().orElseThrow().data()).isEqualTo(Bytes.utf8("" + i));
        assertThat(stream.end()).isEqualTo(StreamEnd.OPEN);
        clientHasRead.release();
      }
      assertThat(stream.next()).isEmpty();
      assertThat(stream.end()).isEqualTo(StreamEnd.CLEAN);
      assertThat(stream.leftover().isEmpty()).isTrue();
      assertThat(stream.events()).extracting(SseEvent::arrivalNanos).isSorted();
      assertThat(server.requests().get(0))
          .startsWith("POST /s HTTP/1.1\r\n")
          .contains("Authorization: Bearer token-1\r\n", "Content-Type: application/json\r\n")
          .doesNotContain("Upgrade")
          .endsWith("\r\n\r\n{\"stream\":true}");
    }
  }

  @Test
  void losesNothingOfGluedAndSplitEvents() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.readRequest();
                  connection.write(HEAD);
                  connection.writeChunk(": c\n\ndata: 1\n\ndata: 2\n\nda");
                  for (String piece : "ta: 3\n\n".split("", -1)) {
                    if (!piece.isEmpty()) {
                      connection.writeChunk(piece);
                    }
                  }
                  connection.write(END);
                });
        StreamExchange stream = open(server, "{}")) {
      Exchange whole = stream.awaitEnd();

      assertThat(stream.events())
          .extracting(e -> e.data().toLenientUtf8())
          .containsExactly("1", "2", "3");
      assertThat(stream.comments()).hasSize(1);
      assertThat(whole.body()).isEqualTo(Bytes.utf8(": c\n\ndata: 1\n\ndata: 2\n\ndata: 3\n\n"));
      assertThat(transcript.exchanges()).containsExactly(whole);
      assertThat(transcript.openStreams()).isEmpty();
    }
  }

  @Test
  void callsABodyWithoutItsEndAborted() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.readRequest();
                  connection.write(HEAD);
                  connection.writeChunk("data: 1\n\ndata: 2");
                });
        StreamExchange stream = open(server, "{}")) {
      assertThat(stream.next()).isPresent();
      assertThat(stream.next()).isEmpty();
      assertThat(stream.end()).isEqualTo(StreamEnd.ABORTED);
      assertThat(stream.leftover()).isEqualTo(Bytes.utf8("data: 2"));
      assertThat(stream.failure().orElseThrow().kind()).isEqualTo(ExchangeFailure.Kind.BROKEN);
      assertThat(transcript.exchanges().get(0).isAnswered()).isFalse();
    }
  }

  @Test
  void callsAResetAborted() throws Exception {
    Semaphore clientHasRead = new Semaphore(0);
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.readRequest();
                  connection.write(HEAD);
                  connection.writeChunk("data: 1\n\n");
                  clientHasRead.acquire();
                  connection.reset();
                });
        StreamExchange stream = open(server, "{}")) {
      assertThat(stream.next()).isPresent();
      clientHasRead.release();
      assertThat(stream.next()).isEmpty();
      assertThat(stream.end()).isEqualTo(StreamEnd.ABORTED);
    }
  }

  @Test
  void callsAConnectionThatNeverAnsweredAborted() throws Exception {
    try (ScriptedServer server = new ScriptedServer(connection -> connection.readRequest());
        StreamExchange stream = open(server, "{}")) {
      assertThat(stream.awaitHead()).isEmpty();
      assertThat(stream.end()).isEqualTo(StreamEnd.ABORTED);
      assertThat(stream.failure().orElseThrow().kind()).isEqualTo(ExchangeFailure.Kind.BROKEN);
      assertThat(stream.awaitEnd().answer()).isEmpty();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void readsAnErrorAnswerWhole() throws Exception {
    String error =
        String.join(
            "\r\n",
            "HTTP/1.1 425 Too Early",
            "Content-Type: application/json",
            "Content-Length: 9",
            "",
            "data: 1\n\n");
    try (ScriptedServer server = ScriptedServer.answering(error);
        StreamExchange stream = open(server, "{}")) {
      assertThat(stream.awaitHead().orElseThrow().isEventStream()).isFalse();
      Exchange exchange = stream.awaitEnd();

      assertThat(exchange.status()).isEqualTo(425);
      assertThat(exchange.body()).isEqualTo(Bytes.utf8("data: 1\n\n"));
      assertThat(exchange.isAnswered()).isTrue();
      assertThat(stream.next()).isEmpty();
      assertThat(stream.events()).isEmpty();
    }
  }

  @Test
  void survivesAShortWaitAndHangsAtItsOwnDeadline() throws Exception {
    HandClock hand = new HandClock();
    Deadline shorter = Deadline.in(hand, Duration.ofMillis(20));
    Semaphore clientGoesOn = new Semaphore(0);
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    try (Messenger patient = new Messenger(hand);
        ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.readRequest();
                  connection.write(HEAD);
                  hand.advance(Duration.ofMillis(30));
                  clientGoesOn.acquire();
                  connection.writeChunk("data: 1\n\n");
                  clientGoesOn.acquire();
                  hand.advance(Duration.ofMillis(100));
                  gone.complete(connection.awaitClientGone());
                });
        StreamExchange stream =
            patient
                .recordingTo(transcript)
                .open(call(server, "{}"), Deadline.in(hand, Duration.ofMillis(100)))) {
      assertThatThrownBy(() -> stream.next(shorter)).isInstanceOf(Hung.class);
      assertThat(stream.end()).isEqualTo(StreamEnd.OPEN);
      clientGoesOn.release();
      assertThat(stream.next()).isPresent();
      clientGoesOn.release();

      assertThatThrownBy(stream::next).isInstanceOf(Hung.class).hasMessageContaining("100 ms");
      assertThat(stream.end()).isEqualTo(StreamEnd.CLOSED);
      assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(transcript.exchanges().get(0).failure().orElseThrow().kind())
          .isEqualTo(ExchangeFailure.Kind.TIMEOUT);
    }
  }

  @Test
  void closesTheConnectionBeforeTheHead() throws Exception {
    CompletableFuture<Boolean> asked = new CompletableFuture<>();
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    try (ScriptedServer silent =
        new ScriptedServer(
            connection -> {
              asked.complete(connection.readRequest());
              gone.complete(connection.awaitClientGone());
            })) {
      StreamExchange stream = open(silent, "{}");
      assertThat(asked.get(20, TimeUnit.SECONDS)).isTrue();
      stream.close();

      assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(stream.awaitHead()).isEmpty();
      assertThat(transcript.exchanges()).hasSize(1);
    }
  }

  @Test
  void closesTheConnectionAfterTheHead() throws Exception {
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.readRequest();
              connection.write(HEAD);
              connection.writeChunk("data: 1\n\n");
              gone.complete(connection.awaitClientGone());
            })) {
      StreamExchange stream = open(server, "{}");
      assertThat(stream.next()).isPresent();
      stream.close();

      assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(stream.next()).isEmpty();
      assertThat(stream.end()).isEqualTo(StreamEnd.CLOSED);
    }
  }

  @Test
  void wakesAReaderWhenClosedByAnotherThread() throws Exception {
    Semaphore over = new Semaphore(0);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.readRequest();
              connection.write(HEAD);
              over.acquire();
            })) {
      StreamExchange stream = open(server, "{}");
      stream.awaitHead();
      CompletableFuture<Boolean> read =
          CompletableFuture.supplyAsync(() -> stream.next().isPresent());
      stream.close();

      assertThat(read.get(20, TimeUnit.SECONDS)).isFalse();
    } finally {
      over.release();
    }
  }

  @Test
  void takesNoMoreThanItsBuffersOfAStreamThatIsNotRead() throws Exception {
    String event = "data: " + "x".repeat(16 << 10) + "\n\n";
    AtomicLong written = new AtomicLong();
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.readRequest();
                  connection.write(HEAD);
                  while (true) {
                    connection.writeChunk(event);
                    written.addAndGet(event.length());
                  }
                });
        StreamExchange stream = open(server, "{}")) {
      assertThat(stream.next()).isPresent();
      for (long before = -1; before < written.get(); ) {
        before = written.get();
        clock.await(Duration.ofMillis(200));
      }
      assertThat(written.get()).isLessThan(8 << 20);
      assertThat(stream.next()).isPresent();
    }
  }

  @Test
  void cutsAStreamOverTheCap() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.readRequest();
                  connection.write(HEAD);
                  while (true) {
                    connection.writeChunk("data: " + "x".repeat(1000) + "\n\n");
                  }
                });
        StreamExchange stream = messenger.withBodyCap(10_000).open(call(server, "{}"), deadline)) {
      Exchange exchange = stream.awaitEnd();

      assertThat(stream.end()).isEqualTo(StreamEnd.OVER_CAP);
      assertThat(exchange.body().length()).isEqualTo(10_000);
      assertThat(exchange.answer().orElseThrow().truncated()).isTrue();
    }
  }

  @Test
  void closesWhatAScenarioLeftOpen() throws Exception {
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.readRequest();
              connection.write(HEAD);
              gone.complete(connection.awaitClientGone());
            })) {
      StreamExchange stream = open(server, "{}");
      stream.awaitHead();
      assertThat(transcript.openStreams()).containsExactly(stream);
      transcript.close();

      assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(transcript.openStreams()).isEmpty();
      assertThat(transcript.exchanges()).extracting(Exchange::status).isEqualTo(List.of(200));
    }
  }

  @Test
  void refusesHeadersThatHttpItselfSets() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering("")) {
      HttpCall call = call(server, "{}").withHeader("Host", "elsewhere");

      assertThatIllegalArgumentException().isThrownBy(() -> messenger.open(call, deadline));
    }
  }

  private StreamExchange open(ScriptedServer server, String body) {
    return messenger.recordingTo(transcript).open(call(server, body), deadline);
  }

  private static HttpCall call(ScriptedServer server, String body) {
    return HttpCall.post(server.uri("/s#stream"), Bytes.utf8(body))
        .bearing(new BearerToken("token-1"));
  }
}
