package dev.sealcheck.node.engine;

import static dev.sealcheck.node.engine.HttpEngineFixture.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sealcheck.node.engine.EngineException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(30)
class EngineKeyTest {

  private static final String SECRET = "sk-canary+/=_~.0";

  @TempDir private Path directory;

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.sealcheck.node");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    logger.setLevel(Level.TRACE);
    logger.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(logged);
    logger.setLevel(null);
  }

  @Test
  void isTheFileWithoutTheWhiteSpaceAroundIt() throws Exception {
    for (String content : List.of(SECRET, SECRET + "\n", " \t" + SECRET + "\r\n\r\n")) {
      assertThat(EngineKey.read(file(content)).authorization()).isEqualTo("Bearer " + SECRET);
    }
    assertThat(EngineKey.read(file(SECRET))).hasToString("EngineKey[16 chars]");
  }

  @Test
  void isNoneWhereTheFileHoldsSomethingElse() throws Exception {
    for (String content :
        List.of("", "\n", "canary one\n", "canary\ncanary", "canary\u0000", "canaryé")) {
      Path file = file(content);
      assertThatExceptionOfType(IOException.class)
          .as(content)
          .isThrownBy(() -> EngineKey.read(file))
          .withMessageContaining(file.toString())
          .withMessageNotContaining("canary")
          .withNoCause();
    }
    Path large = file("c".repeat(5_000));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> EngineKey.read(large));
    Path missing = directory.resolve("missing");
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> EngineKey.read(missing));
  }

  @Test
  void reachesTheEngineAndNothingElseDoes() throws Exception {
    Map<ScriptedEngine.Script, Reason> scripts =
        Map.of(
            call -> call.answer(400, "canary", "Canary: canary"), Reason.INVALID_REQUEST,
            call -> call.answer(429, "canary"), Reason.FULL,
            call -> call.answer(401, "canary"), Reason.FAILED,
            call -> call.answer(200, "{\"error\":\"canary\"}"), Reason.FAILED,
            call -> call.answer(200, "canary"), Reason.FAILED,
            call -> call.raw("HTTP/1.1 canary\r\n\r\n"), Reason.FAILED);
    try (ScriptedEngine scripted = ScriptedEngine.answering(200, ScriptedEngine.ANSWER);
        HttpEngineFixture node = new HttpEngineFixture(ScriptedCall::end);
        HttpEngine engine =
            node.engine(scripted.uri(), Optional.of(EngineKey.read(file(SECRET))))) {
      engine.answer(Requests.chat("canary"));
      assertThat(scripted.calls().get(0).headers())
          .containsEntry("authorization", "Bearer " + SECRET);

      scripts.forEach(
          (script, reason) -> {
            scripted.follow(script);
            EngineException refusal = refusal(reason, () -> engine.answer(Requests.chat("canary")));
            assertThat(refusal).hasNoCause().hasMessageNotContaining("canary");
            refusal(reason, () -> engine.stream(Requests.chat("canary")));
          });
    }
    assertThat(logged.list)
        .extracting(ILoggingEvent::getMessage)
        .contains("engine refused", "engine call failed");
    assertThat(logged.list)
        .allSatisfy(
            event -> {
              assertThat(event.getFormattedMessage()).doesNotContain("canary");
              assertThat(String.valueOf(event.getKeyValuePairs())).doesNotContain("canary");
              assertThat(event.getThrowableProxy()).isNull();
            });
  }

  private Path file(String content) throws IOException {
    Path file = Files.createTempFile(directory, "key", "");
    return Files.write(file, content.getBytes(UTF_8));
  }
}
