package dev.sealcheck.node.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealcheck.node.engine.EngineException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PacingTest {

  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final HandMovedTime time = new HandMovedTime();
  private final ExecutorService reader = Executors.newSingleThreadExecutor();
  private final BuiltInEngine engine = new BuiltInEngine(List.of(Requests.MODEL), 50, 1, time);

  @AfterEach
  void end() {
    engine.close();
    reader.shutdownNow();
  }

  @Test
  void givesTheFirstChunkAtOnceAndEveryOtherWhenItIsDue() throws Exception {
    EngineStream stream = open();
    assertThat(stream.next()).isPresent();
    for (int i = 0; i < 3; i++) {
      Future<Optional<byte[]>> next = reader.submit(stream::next);
      time.awaitTimer();
      time.move(INTERVAL.minusNanos(1));
      assertThat(next.isDone()).isFalse();
      time.move(Duration.ofNanos(1));
      assertThat(await(next)).isPresent();
    }
  }

  @Test
  void makesUpForALateReader() throws Exception {
    EngineStream stream = open();
    time.move(INTERVAL.multipliedBy(3));
    for (int i = 0; i < 4; i++) {
      // Due by now, so it needs no other thread to move the time.
      assertThat(stream.next()).isPresent();
    }
    Future<Optional<byte[]>> next = reader.submit(stream::next);
    time.awaitTimer();
    time.move(INTERVAL);
    assertThat(await(next)).isPresent();
  }

  @Test
  void wakesAWaitingReaderWhenTheStreamIsClosed() throws Exception {
    EngineStream stream = open();
    stream.next();
    Future<Optional<byte[]>> next = reader.submit(stream::next);
    time.awaitTimer();
    stream.close();
    assertFailed(next);
    stream.close();
    for (int i = 0; i < 400; i++) {
      assertThatExceptionOfType(EngineException.class).isThrownBy(stream::next);
    }
  }

  @Test
  void wakesAWaitingReaderWhenTheEngineIsClosed() throws Exception {
    EngineStream stream = open();
    stream.next();
    Future<Optional<byte[]>> next = reader.submit(stream::next);
    time.awaitTimer();
    engine.close();
    assertFailed(next);
  }

  @Test
  void neverSkipsTheChunkOfAnInterruptedReader() throws Exception {
    EngineStream stream = open();
    stream.next();
    Future<Optional<byte[]>> next = reader.submit(stream::next);
    time.awaitTimer();
    next.cancel(true);
    reader.shutdown();
    assertThat(reader.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThatExceptionOfType(EngineException.class).isThrownBy(stream::next);
  }

  private EngineStream open() throws EngineException {
    return engine.stream(Requests.chat("Hello"));
  }

  private static Optional<byte[]> await(Future<Optional<byte[]>> next) throws Exception {
    return next.get(10, TimeUnit.SECONDS);
  }

  private static void assertFailed(Future<Optional<byte[]>> next) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> await(next))
        .havingCause()
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED));
  }
}
