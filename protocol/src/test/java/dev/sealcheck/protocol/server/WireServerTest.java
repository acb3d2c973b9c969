package dev.sealcheck.protocol.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireServerTest {

  private static final ServerLimits LIMITS =
      new ServerLimits(1000, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5));

  private final HttpClient client = HttpClient.newHttpClient();
  private WireServer server;

  @BeforeAll
  void start() {
    server =
        WireServer.start(
            "127.0.0.1",
            0,
            List.of(
                Route.openGet("/open", context -> Json.answer(context, 200, "{}".getBytes(UTF_8))),
                Route.guardedPost(
                    "/echo", context -> Json.answer(context, 200, Json.body(context, LIMITS))),
                Route.openPost(
                    "/full",
                    context -> {
                      throw new RefusedException(ErrorCode.TOO_MANY_REQUESTS, 7);
                    }),
                Route.openPost(
                    "/broken",
                    context -> {
                      throw new IllegalStateException("marker-of-the-message");
                    }),
                Route.openGet(
                    "/cut",
                    context -> {
                      context.res().getOutputStream().write('x');
                      context.res().flushBuffer();
                      throw new AbortedException("on purpose");
                    })),
            context -> {
              if (!"yes".equals(context.header("Authorization"))) {
                throw new RefusedException(ErrorCode.AUTH_ERROR);
              }
            },
            LIMITS,
            Timekeeper.system());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nowhere, NOT_FOUND",
    "PUT, /nowhere, NOT_FOUND",
    "GET, /open/, NOT_FOUND",
    "POST, /open, METHOD_NOT_ALLOWED",
    "FOO, /open, METHOD_NOT_ALLOWED",
    "GET, /echo, AUTH_ERROR",
    "POST, /echo, AUTH_ERROR",
    "POST, /full, TOO_MANY_REQUESTS",
    "POST, /broken, INTERNAL_ERROR"
  })
  void refusesInOneOrderWithTheErrorObject(String method, String path, ErrorCode code)
      throws Exception {
    HttpResponse<byte[]> answer = send(request(path).method(method, none()).build());
    assertThat(answer.statusCode()).isEqualTo(code.status());
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).isEqualTo(code.body());
  }

  @Test
  void saysWhichMethodsArePossibleAndWhenToComeBack() throws Exception {
    assertThat(send(request("/open").POST(none()).build()).headers().firstValue("Allow"))
        .contains("GET, HEAD");
    assertThat(send(request("/full").POST(none()).build()).headers().firstValue("Retry-After"))
        .contains("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json; charset=latin1",
        "application/jsonx",
        "application/x-www-form-urlencoded"
      })
  void refusesAnotherMediaType(String type) throws Exception {
    assertCode(ErrorCode.UNSUPPORTED_MEDIA_TYPE, echo(type, "{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=\"UTF-8\""
      })
  void takesJson(String type) throws Exception {
    assertThat(echo(type, "{\"a\":1}").body()).isEqualTo("{\"a\":1}".getBytes(UTF_8));
  }

  @Test
  void refusesABodyWithoutAMediaType() throws Exception {
    assertCode(
        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
        send(
            request("/echo")
                .header("Authorization", "yes")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build()));
  }

  @Test
  void refusesABodyOverTheCapWhetherItsLengthIsSaidOrNot() throws Exception {
    assertThat(echo("application/json", "x".repeat(1000)).statusCode()).isEqualTo(200);
    assertCode(ErrorCode.BODY_TOO_LARGE, echo("application/json", "x".repeat(1001)));
    byte[] part = "x".repeat(600).getBytes(UTF_8);
    assertCode(
        ErrorCode.BODY_TOO_LARGE,
        send(
            request("/echo")
                .header("Authorization", "yes")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(part, part)))
                .build()));
  }

  @Test
  void cutsAnAnswerThatCannotBeFinished() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> send(request("/cut").GET().build()));
  }

  @Test
  void answersHeadLikeGetWithoutABody() throws Exception {
    HttpResponse<byte[]> answer = send(request("/open").method("HEAD", none()).build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  private HttpResponse<byte[]> echo(String type, String body) throws Exception {
    return send(
        request("/echo")
            .header("Authorization", "yes")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpRequest.BodyPublisher none() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private static void assertCode(ErrorCode code, HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(code.status());
    assertThat(answer.body()).isEqualTo(code.body());
  }
}
