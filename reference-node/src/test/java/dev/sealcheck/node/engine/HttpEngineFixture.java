package dev.sealcheck.node.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sealcheck.node.engine.EngineException.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** An HTTP engine whose time is moved by hand, before a scripted one. */
final class HttpEngineFixture implements AutoCloseable {

  static final int MAX_ANSWER_BYTES = 100_000;
  static final int MAX_CONCURRENT = 3;
  static final EngineLimits LIMITS =
      new EngineLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(120),
          Duration.ofSeconds(60),
          MAX_ANSWER_BYTES,
          MAX_CONCURRENT);

  final HandMovedTime time = new HandMovedTime();
  final ScriptedEngine scripted;
  final HttpEngine engine;

  HttpEngineFixture(ScriptedEngine.Script script) throws IOException {
    scripted = new ScriptedEngine(script);
    engine = engine(scripted.uri(), Optional.empty());
  }

  HttpEngine engine(URI base, Optional<EngineKey> key) {
    return new HttpEngine(base, List.of(Requests.MODEL), key, LIMITS, time);
  }

  String answer() throws EngineException, InterruptedException {
    return new String(engine.answer(Requests.chat("Hello")), UTF_8);
  }

  EngineStream stream() throws EngineException, InterruptedException {
    return engine.stream(Requests.chatWith("{'stream': true}"));
  }

  /** The next event as text. */
  static Optional<String> next(EngineStream stream) throws EngineException, InterruptedException {
    return stream.next().map(event -> new String(event, UTF_8));
  }

  /** All events of a new stream, up to its clean end. */
  List<String> events() throws EngineException, InterruptedException {
    try (EngineStream stream = stream()) {
      List<String> events = new ArrayList<>();
      for (Optional<String> next = next(stream); next.isPresent(); next = next(stream)) {
        events.add(next.get());
      }
      Assertions.assertThat(next(stream)).isEmpty();
      return events;
    }
  }

  /** The refusal that {@code call} gives, of the expected kind. */
  static EngineException refusal(Reason reason, ThrowingCallable call) {
    Throwable thrown = Assertions.catchThrowable(call);
    Assertions.assertThat(thrown).isInstanceOf(EngineException.class);
    EngineException refusal = (EngineException) thrown;
    Assertions.assertThat(refusal.reason()).isEqualTo(reason);
    return refusal;
  }

  /** What {@code call} throws on a thread of its own. */
  static CompletableFuture<Throwable> thrownBy(Callable<?> call) {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              Throwable caught = Assertions.catchThrowable(call::call);
              thrown.complete(
                  caught != null ? caught : new AssertionError("it has thrown nothing"));
            },
            "caller");
    thread.setDaemon(true);
    thread.start();
    return thrown;
  }

  /** The failure that a call on another thread has come to. */
  static EngineException failed(CompletableFuture<Throwable> thrown) throws Exception {
    Throwable caught = thrown.get(10, TimeUnit.SECONDS);
    return refusal(
        Reason.FAILED,
        () -> {
          throw caught;
        });
  }

  @Override
  public void close() throws IOException {
    engine.close();
    scripted.close();
    Assertions.assertThat(engine.running()).as("calls that still hold a slot").isZero();
  }
}
