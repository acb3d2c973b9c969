package dev.sealcheck.node.engine;

import static dev.sealcheck.node.engine.HttpEngineFixture.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sealcheck.node.engine.EngineException.Reason;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpEngineTest {

  private HttpEngineFixture node;

  @BeforeEach
  void start() throws Exception {
    node = new HttpEngineFixture(call -> call.answer(200, ScriptedEngine.ANSWER));
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  @Test
  void callsNobodyBeforeTheFirstRequest() {
    assertThat(node.engine.models()).containsExactly(Requests.MODEL);
    assertThat(node.scripted.calls()).isEmpty();
  }

  @Test
  void givesTheAnswerByteForByte() throws Exception {
    String odd =
        "\n{ \"z\" : 1.10 , \"a\":\t-0.0e+05,\"😀\":\"\\u00e9 é \\/\", \"error\": null,"
            + "\"choices\":[ ],\"n\":12345678901234567890 }\r\n";
    node.scripted.follow(call -> call.answer(200, odd));

    assertThat(node.answer()).isEqualTo(odd);
  }

  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void asksAtThePathOfTheEndpointWithTheBodyAsItWasWritten(Endpoint endpoint) throws Exception {
    String body =
        "{\"z\":1.10,\"model\":\"test/small\",\"a\":{\"ü\":\"😀 é\",\"b\":[1e2,null]},\"stream\":false}";
    node.engine.answer(
        new EngineRequest(endpoint, StrictJson.parseObject("body", body.getBytes(UTF_8))));

    ScriptedCall call = node.scripted.calls().get(0);
    assertThat(call.path()).isEqualTo(endpoint.enginePath());
    // The same JSON: the writer has its own way with exponents and characters beyond 16 bits.
    assertThat(call.body()).isEqualTo(body.replace("1e2", "1E+2").replace("😀", "\\uD83D\\uDE00"));
    assertThat(call.headers())
        .containsOnlyKeys("accept", "content-length", "content-type", "host", "user-agent")
        .containsEntry("content-type", "application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/behind/a/prefix", "/behind/a/prefix/"})
  void putsThePathBehindTheBase(String prefix) throws Exception {
    URI base = URI.create(node.scripted.uri() + prefix);
    try (HttpEngine engine = node.engine(base, Optional.empty())) {
      engine.answer(Requests.chat("Hello"));
    }
    assertThat(node.scripted.calls().get(0).path())
        .isEqualTo(prefix.replaceFirst("/$", "") + "/v1/chat/completions");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://e", "/v1", "http:e", "http://u:canary@e", "http://e?canary", "http://e#c"})
  void refusesABaseThatIsNoPlainAddress(String base) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> node.engine(URI.create(base), Optional.empty()))
        .withMessageNotContaining("canary");
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_REQUEST",
    "404, INVALID_REQUEST",
    "413, INVALID_REQUEST",
    "422, INVALID_REQUEST",
    "429, FULL",
    "503, FULL",
    "301, FAILED",
    "307, FAILED",
    "401, FAILED",
    "403, FAILED",
    "405, FAILED",
    "500, FAILED",
    "502, FAILED",
    "504, FAILED"
  })
  void tellsWhoseFaultAStatusIs(int status, Reason reason) {
    node.scripted.follow(
        call -> call.answer(status, "{\"error\":\"canary\"}", "Location: /v1/embeddings"));
    EngineException whole = refusal(reason, node::answer);
    EngineException streamed = refusal(reason, node::stream);

    assertThat(node.scripted.calls()).hasSize(2);
    for (EngineException refusal : List.of(whole, streamed)) {
      assertThat(refusal).hasNoCause().hasMessageNotContaining("canary");
      assertThat(refusal.retryAfterSeconds())
          .isEqualTo(reason == Reason.FULL ? OptionalInt.of(1) : OptionalInt.empty());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "0, 1",
    "300, 300",
    "301, 300",
    "99999999999999999999, 300",
    "-5, 1",
    "1.5, 1",
    "soon, 1",
    "'Wed, 21 Oct 2065 07:28:00 GMT', 1"
  })
  void boundsTheWaitThatAFullEngineAsksFor(String header, int seconds) {
    node.scripted.follow(call -> call.answer(503, "{}", "Retry-After: " + header));

    assertThat(refusal(Reason.FULL, node::answer).retryAfterSeconds())
        .isEqualTo(OptionalInt.of(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "canary",
        "[]",
        "\"canary\"",
        "{\"canary\":",
        "{} {}",
        "{}canary",
        "{\"a\":canary}",
        "{\"error\":{\"message\":\"canary\"}}",
        "{\"id\":1,\"error\":\"canary\"}"
      })
  void failsWhereTheAnswerIsNoObjectOrReportsAnError(String answer) {
    node.scripted.follow(call -> call.answer(200, answer));

    assertThat(refusal(Reason.FAILED, node::answer)).hasNoCause().hasMessageNotContaining("canary");
  }

  @Test
  void takesAnAnswerUpToTheLimitAndNotOneByteMore() throws Exception {
    String largest = "{" + " ".repeat(HttpEngineFixture.MAX_ANSWER_BYTES - 2) + "}";
    node.scripted.follow(call -> call.answer(200, largest));
    assertThat(node.answer()).isEqualTo(largest);

    node.scripted.follow(call -> call.answer(200, largest + " "));
    refusal(Reason.FAILED, node::answer);
  }

  @Test
  void failsWhereTheAnswerIsCutOrIsNoHttp() {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{";
    for (String sent : List.of("", "canary\r\n\r\n", "HTTP/1.1 canary\r\n\r\n", head)) {
      node.scripted.follow(call -> call.raw(sent));
      assertThat(refusal(Reason.FAILED, node::answer))
          .as(sent)
          .hasNoCause()
          .hasMessageNotContaining("canary");
    }
    node.scripted.follow(ScriptedCall::reset);
    refusal(Reason.FAILED, node::answer);
  }

  @Test
  void failsWhereNobodyListens() throws Exception {
    URI closed;
    try (ScriptedEngine gone = ScriptedEngine.answering(200, "{}")) {
      closed = gone.uri();
    }
    try (HttpEngine engine = node.engine(closed, Optional.empty())) {
      refusal(Reason.FAILED, () -> engine.answer(Requests.chat("Hello")));
      assertThat(engine.running()).isZero();
    }
  }

  @Test
  void failsWhereAConnectionIsNotMadeInTime() throws Exception {
    EngineLimits hasty =
        new EngineLimits(
            Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(1), 1_000, 1);
    List<Socket> queued = new ArrayList<>();
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // Nobody accepts: once the backlog is full, a further connection is not even refused.
      while (connects(deaf, queued)) {
        assertThat(queued).hasSizeLessThan(100);
      }
      try (HttpEngine engine =
          new HttpEngine(
              URI.create("http://127.0.0.1:" + deaf.getLocalPort()),
              List.of(Requests.MODEL),
              Optional.empty(),
              hasty,
              node.time)) {
        assertThat(refusal(Reason.FAILED, () -> engine.answer(Requests.chat("Hello"))))
            .hasMessageContaining("HttpConnectTimeoutException");
      }
    } finally {
      for (Socket socket : queued) {
        socket.close();
      }
    }
  }

  private static boolean connects(ServerSocket server, List<Socket> sockets) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    try {
      socket.connect(server.getLocalSocketAddress(), 300);
      return true;
    } catch (SocketTimeoutException full) {
      return false;
    }
  }

  @Test
  void leavesItToTheEngineToJudgeHalfASurrogatePair() throws Exception {
    assertThat(node.engine.answer(Requests.chat("\ud800"))).isNotEmpty();

    assertThat(node.scripted.calls().get(0).body()).contains("\"\\uD800\"");
  }

  @Test
  void refusesLimitsThatMakeNoSense() {
    Duration second = Duration.ofSeconds(1);
    for (Duration bad : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new EngineLimits(bad, second, second, 1, 1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new EngineLimits(second, bad, second, 1, 1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new EngineLimits(second, second, bad, 1, 1));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineLimits(second, second, second, 0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineLimits(second, second, second, Integer.MAX_VALUE, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineLimits(second, second, second, 1, 0));
  }
}
