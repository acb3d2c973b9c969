package dev.sealcheck.node.engine;

import static dev.sealcheck.node.engine.Requests.chat;
import static dev.sealcheck.node.engine.Requests.chatWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sealcheck.node.engine.EngineException.Reason;
import java.util.List;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BuiltInEngineTest {

  private final BuiltInEngine engine =
      new BuiltInEngine(List.of("other", Requests.MODEL), 0, 2, new HandMovedTime());

  @Test
  void namesItsModels() {
    assertThat(engine.models()).containsExactly("other", Requests.MODEL);
  }

  @Test
  void isFullWhenAsManyRequestsRunAsItTakes() throws Exception {
    EngineStream first = engine.stream(chat("one"));
    EngineStream second = engine.stream(chat("two"));

    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> engine.stream(chat("three")))
        .satisfies(
            full -> {
              assertThat(full.reason()).isEqualTo(Reason.FULL);
              assertThat(full.retryAfterSeconds()).isEqualTo(OptionalInt.of(1));
            });
    assertRefused(Reason.FULL, () -> engine.answer(chat("three")));
    first.close();
    second.close();
  }

  @Test
  void takesTheNextRequestOnceAStreamIsClosedReadOrRefused() throws Exception {
    for (int i = 0; i < 5; i++) {
      EngineStream closed = engine.stream(chat("closed"));
      closed.close();
      closed.close();
      EngineStream read = engine.stream(chatWith("{'max_tokens': 2}"));
      while (read.next().isPresent()) {
        assertThat(engine.answer(chat("beside it"))).isNotEmpty();
      }
      assertThat(read.next()).isEmpty();
      assertRefused(Reason.INVALID_REQUEST, () -> engine.stream(chatWith("{'n': 0}")));
      assertRefused(Reason.INVALID_REQUEST, () -> engine.answer(chatWith("{'n': 0}")));
    }
    try (EngineStream first = engine.stream(chat("one"));
        EngineStream second = engine.stream(chat("two"))) {
      // No slot was given back twice either.
      assertRefused(Reason.FULL, () -> engine.stream(chat("three")));
      assertThat(first.next()).isPresent();
      assertThat(second.next()).isPresent();
    }
  }

  @Test
  void streamsCompletionsOnly() {
    for (Endpoint endpoint : List.of(Endpoint.EMBEDDINGS, Endpoint.IMAGES)) {
      EngineRequest request = Requests.request(endpoint, "{'input': 'a', 'prompt': 'a'}");
      assertRefused(Reason.INVALID_REQUEST, () -> engine.stream(request));
    }
  }

  @Test
  void servesNothingOnceItIsClosed() throws Exception {
    EngineStream stream = engine.stream(chat("one"));
    engine.close();
    engine.close();

    assertRefused(Reason.FAILED, stream::next);
    assertRefused(Reason.FAILED, () -> engine.answer(chat("two")));
    assertRefused(Reason.FAILED, () -> engine.stream(chat("two")));
  }

  @Test
  void refusesRatesAndLimitsThatMakeNoSense() {
    HandMovedTime time = new HandMovedTime();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BuiltInEngine(List.of("m"), -1, 1, time))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BuiltInEngine(List.of("m"), 1, 0, time))
        .withMessageContaining("0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EngineException.full(OptionalInt.of(-1)))
        .withMessageContaining("-1");
  }

  @Test
  void printsNoPlaintext() {
    EngineRequest request = chat("a secret");
    request.body().put("stream", true);

    assertThat(request).hasToString("EngineRequest[CHAT_COMPLETIONS, stream=true]");
    assertThat(new TextJob.Prompt("a secret", "a secret").toString()).doesNotContain("secret");
    assertThat(new Choice(List.of("a", " secret"), 2, "stop").toString()).doesNotContain("secret");
  }

  @Test
  void knowsThePathsOfAnEngine() {
    assertThat(Endpoint.values())
        .extracting(Endpoint::enginePath)
        .containsExactly(
            "/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/images/generations");
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
