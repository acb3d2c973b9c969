package dev.sealcheck.node.http;

import static dev.sealcheck.node.http.NodeFixture.body;
import static dev.sealcheck.node.http.NodeFixture.streamed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.sealcheck.node.engine.ScriptedCall;
import dev.sealcheck.node.engine.ScriptedEngine;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Nothing of a prompt, an answer or an engine's error is said where it is not sealed. */
@Timeout(60)
class NodeSecretsTest {

  private static final String CANARY = "canary";

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> listener =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          logged.add(
              event.getLoggerName()
                  + event.getFormattedMessage()
                  + event.getKeyValuePairs()
                  + (event.getThrowableProxy() == null
                      ? ""
                      : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
      };

  private final Appender<ILoggingEvent> console = root.getAppender("stderr");

  @BeforeEach
  void listen() {
    root.detachAppender(console);
    root.setLevel(Level.TRACE);
    listener.start();
    root.addAppender(listener);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(listener);
    root.setLevel(Level.ERROR);
    root.addAppender(console);
  }

  @Test
  void logsAndAnswersNothingInClearAtTheMostVerboseLevel() throws Exception {
    String answer = ScriptedEngine.ANSWER.replace("Hi", CANARY);
    String chunk = ScriptedEngine.CHUNK.replace("Hi", CANARY);
    List<ScriptedEngine.Script> scripts =
        List.of(
            call -> call.answer(200, answer),
            call -> call.answer(400, CANARY, CANARY + ": " + CANARY),
            call -> call.answer(429, CANARY),
            call -> call.answer(500, CANARY),
            call -> call.answer(200, "{\"error\":\"" + CANARY + "\"}"),
            call -> call.answer(200, CANARY),
            call -> call.raw("HTTP/1.1 " + CANARY + "\r\n\r\n"),
            call -> stream(call, "data: " + chunk + "\n\ndata: " + ScriptedEngine.USAGE_CHUNK),
            call -> stream(call, "data: " + chunk + "\n\ndata: {\"" + CANARY),
            call -> stream(call, "event: error\ndata: {\"a\":\"" + CANARY + "\"}"));
    try (NodeFixture node = new NodeFixture()) {
      for (ScriptedEngine.Script script : scripts) {
        node.engine.follow(script);
        ask(node, node.signed(ConfidentialPath.CHAT_COMPLETIONS, chat(node, false)));
        ask(node, node.signed(ConfidentialPath.CHAT_COMPLETIONS, chat(node, true)));
      }
      SealingClient.Sealed invalid = node.seal(("{\"model\":\"" + CANARY + "\"}").getBytes(UTF_8));
      ask(node, node.signed(ConfidentialPath.CHAT_COMPLETIONS, invalid));
      assertThat(node.engine.calls()).allMatch(call -> call.body().contains(CANARY));
    }
    assertThat(logged)
        .anyMatch(line -> line.contains("request opened"))
        .anyMatch(line -> line.contains("engine refused"))
        .anyMatch(line -> line.startsWith("org.eclipse.jetty"))
        .noneMatch(line -> line.contains(CANARY));
  }

  private static SealingClient.Sealed chat(NodeFixture node, boolean stream) throws Exception {
    ConfidentialPath path = ConfidentialPath.CHAT_COMPLETIONS;
    return node.seal(stream ? streamed(path) : body(path));
  }

  /** Sends a request whose answer may break off, and looks at what comes of it. */
  private static void ask(NodeFixture node, HttpRequest.Builder request) {
    HttpResponse<String> answer =
        node.http
            .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
            .exceptionally(cut -> null)
            .join();
    if (answer != null) {
      assertThat(answer.body() + answer.headers().map()).doesNotContain(CANARY);
    }
  }

  private static void stream(ScriptedCall call, String text) throws IOException {
    call.beginStream();
    call.chunk(text + "\n\n");
    call.end();
  }
}
