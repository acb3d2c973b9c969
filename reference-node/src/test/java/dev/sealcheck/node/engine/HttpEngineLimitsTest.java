package dev.sealcheck.node.engine;

import static dev.sealcheck.node.engine.HttpEngineFixture.LIMITS;
import static dev.sealcheck.node.engine.HttpEngineFixture.failed;
import static dev.sealcheck.node.engine.HttpEngineFixture.next;
import static dev.sealcheck.node.engine.HttpEngineFixture.refusal;
import static dev.sealcheck.node.engine.HttpEngineFixture.thrownBy;
import static dev.sealcheck.node.engine.ScriptedEngine.CHUNK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.node.engine.EngineException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpEngineLimitsTest {

  private static final Duration TICK = Duration.ofMillis(1);

  /** What the kernel's socket buffers may hold beside the client's own few. */
  private static final long MOST_BYTES_IN_FLIGHT = 8L * 1024 * 1024;

  private HttpEngineFixture node;

  @BeforeEach
  void start() throws Exception {
    node = new HttpEngineFixture(HttpEngineLimitsTest::oneEventThenSilence);
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  @Test
  void failsWhenTheHeadDoesNotComeInTimeAndLeaves() throws Exception {
    node.scripted.follow(ScriptedCall::stayUntilPeerLeaves);
    CompletableFuture<Throwable> thrown = thrownBy(node::answer);
    node.scripted.awaitArrivals(1);
    node.time.awaitPending(1);
    node.time.move(LIMITS.firstByte().minus(TICK));
    assertThat(thrown).isNotDone();
    node.time.move(TICK);

    assertThat(failed(thrown)).hasMessage("the engine sent no head in time");
    node.scripted.awaitDepartures(1);
    assertThat(node.engine.running()).isZero();
  }

  @Test
  void failsWhenAStreamFallsSilentAndLeaves() throws Exception {
    EngineStream stream = node.stream();
    assertThat(next(stream)).contains(CHUNK);
    node.time.awaitPending(0);
    CompletableFuture<Throwable> thrown = thrownBy(stream::next);
    node.time.awaitPending(1);
    node.time.move(LIMITS.idle().minus(TICK));
    assertThat(thrown).isNotDone();
    node.time.move(TICK);

    assertThat(failed(thrown)).hasMessage("the engine fell silent in its answer");
    node.scripted.awaitDepartures(1);
    assertThat(node.engine.running()).isZero();
  }

  @Test
  void failsWhenAWholeAnswerFallsSilent() throws Exception {
    node.scripted.follow(
        call -> {
          call.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
          call.stayUntilPeerLeaves();
        });
    CompletableFuture<Throwable> thrown = thrownBy(node::answer);
    // One for the head, one for the byte, one for what does not come.
    for (int timer = 0; timer < 3; timer++) {
      node.time.awaitTimer();
    }
    node.time.move(LIMITS.idle());

    assertThat(failed(thrown)).hasMessage("the engine fell silent in its answer");
    node.scripted.awaitDepartures(1);
  }

  @Test
  void leavesAtOnceWhenASilentStreamIsClosed() throws Exception {
    EngineStream stream = node.stream();
    assertThat(next(stream)).contains(CHUNK);
    CompletableFuture<Throwable> thrown = thrownBy(stream::next);
    node.time.awaitPending(1);
    stream.close();
    stream.close();

    failed(thrown);
    node.scripted.awaitDepartures(1);
    refusal(Reason.FAILED, stream::next);
    assertThat(node.engine.running()).isZero();
    node.time.awaitPending(0);
  }

  @Test
  void leavesAStreamThatIsClosedBeforeItIsRead() throws Exception {
    EngineStream stream = node.stream();
    stream.close();

    refusal(Reason.FAILED, stream::next);
    node.scripted.awaitDepartures(1);
  }

  @Test
  void leavesWhenTheReaderIsInterrupted() throws Exception {
    for (boolean begun : List.of(false, true)) {
      node.scripted.follow(
          begun ? HttpEngineLimitsTest::oneEventThenSilence : ScriptedCall::stayUntilPeerLeaves);
      CompletableFuture<Thread> reader = new CompletableFuture<>();
      CompletableFuture<Throwable> thrown =
          thrownBy(
              () -> {
                EngineStream stream = begun ? node.stream() : null;
                if (stream != null) {
                  stream.next();
                  node.time.awaitPending(0);
                }
                reader.complete(Thread.currentThread());
                return begun ? stream.next() : node.stream();
              });
      Thread thread = reader.get(10, TimeUnit.SECONDS);
      node.scripted.awaitArrivals(1);
      node.time.awaitPending(1);
      thread.interrupt();

      assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      node.scripted.awaitDepartures(1);
      assertThat(node.engine.running()).isZero();
    }
  }

  @Test
  void endsEverythingThatRunsWhenItIsClosed() throws Exception {
    EngineStream stream = node.stream();
    assertThat(next(stream)).contains(CHUNK);
    CompletableFuture<Throwable> streamed = thrownBy(stream::next);
    node.time.awaitPending(1);
    node.scripted.follow(ScriptedCall::stayUntilPeerLeaves);
    CompletableFuture<Throwable> whole = thrownBy(node::answer);
    node.scripted.awaitArrivals(2);
    node.time.awaitPending(2);
    node.engine.close();
    node.engine.close();

    failed(streamed);
    failed(whole);
    refusal(Reason.FAILED, node::answer);
    refusal(Reason.FAILED, node::stream);
    node.scripted.awaitDepartures(2);
    assertThat(node.engine.running()).isZero();
  }

  @Test
  void isFullWhenAsManyRequestsRunAsItTakes() throws Exception {
    List<EngineStream> streams = new ArrayList<>();
    for (int i = 0; i < HttpEngineFixture.MAX_CONCURRENT; i++) {
      streams.add(node.stream());
    }
    assertThat(refusal(Reason.FULL, node::stream).retryAfterSeconds()).isEqualTo(OptionalInt.of(1));
    refusal(Reason.FULL, node::answer);
    assertThat(node.scripted.calls()).hasSize(HttpEngineFixture.MAX_CONCURRENT);

    streams.get(0).close();
    streams.get(0).close();
    streams.set(0, node.stream());
    refusal(Reason.FULL, node::stream);
    streams.forEach(EngineStream::close);
  }

  @Test
  void letsASlowReaderBlockTheEngine() throws Exception {
    CompletableFuture<Long> sent = new CompletableFuture<>();
    String event = "data: " + CHUNK + "\n\n";
    node.scripted.follow(
        call -> {
          call.raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + event);
          sent.complete(call.rawUntilBlocked(event.repeat(100), 64 * MOST_BYTES_IN_FLIGHT));
          call.stayUntilPeerLeaves();
        });
    try (EngineStream stream = node.stream()) {
      assertThat(next(stream)).contains(CHUNK);

      assertThat(sent.get(30, TimeUnit.SECONDS)).isLessThan(MOST_BYTES_IN_FLIGHT);
      assertThat(next(stream)).contains(CHUNK);
    }
    node.scripted.awaitDepartures(1);
  }

  private static void oneEventThenSilence(ScriptedCall call) throws IOException {
    call.beginStream();
    call.event(CHUNK);
    call.stayUntilPeerLeaves();
  }
}
