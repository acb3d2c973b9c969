package dev.sealcheck.node.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SwitchedEngineTest {

  private final HandMovedTime time = new HandMovedTime();
  private final SwitchedEngine engine =
      new SwitchedEngine(new BuiltInEngine(List.of(Requests.MODEL), 1, 1, time));

  @Test
  void isOnAtFirst() throws Exception {
    assertThat(engine.answer(Requests.chat("hello"))).isNotEmpty();
    assertThat(engine.models()).containsExactly(Requests.MODEL);
  }

  @Test
  void failsWhileItIsOffAndWorksAgainAfter() throws Exception {
    engine.set(false);
    engine.set(false);
    assertFails(() -> engine.answer(Requests.chat("hello")));
    assertFails(() -> engine.stream(Requests.chatWith("{'stream':true}")));
    engine.set(true);
    assertThat(engine.answer(Requests.chat("hello"))).isNotEmpty();
  }

  @Test
  void breaksARunningStreamAtOnceAndForGood() throws Exception {
    EngineStream stream = engine.stream(Requests.chatWith("{'stream':true}"));
    assertThat(stream.next()).isPresent();
    CompletableFuture<Throwable> failure =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                while (stream.next().isPresent()) {
                  Thread.onSpinWait();
                }
                return null;
              } catch (EngineException | InterruptedException e) {
                return e;
              }
            });
    time.awaitTimer();
    engine.set(false);
    assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(EngineException.class);
    engine.set(true);
    assertFails(stream::next);
    stream.close();
    // The only slot is free again.
    assertThat(engine.answer(Requests.chat("hello"))).isNotEmpty();
  }

  @Test
  void failsAnAnswerThatLivedThroughItsFailure() {
    SwitchedEngine[] self = new SwitchedEngine[1];
    self[0] =
        new SwitchedEngine(
            new OneAnswer(
                () -> {
                  self[0].set(false);
                  self[0].set(true);
                }));
    assertFails(() -> self[0].answer(Requests.chat("hello")));
  }

  private static void assertFails(ThrowingCallable call) {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(EngineException.Reason.FAILED));
  }

  /** Does something while it answers. */
  private record OneAnswer(Runnable meanwhile) implements Engine {

    @Override
    public byte[] answer(EngineRequest request) {
      meanwhile.run();
      return new byte[] {'{', '}'};
    }

    @Override
    public EngineStream stream(EngineRequest request) {
      throw new UnsupportedOperationException("answers only");
    }

    @Override
    public List<String> models() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
