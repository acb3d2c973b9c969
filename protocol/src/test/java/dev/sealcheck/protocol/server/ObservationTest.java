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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservationTest {

  private static final ServerLimits LIMITS =
      new ServerLimits(1000, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5));

  private final HttpClient client = HttpClient.newHttpClient();
  private final Recorder recorder = new Recorder();
  private final WireServer server =
      WireServer.startForPages(
          "127.0.0.1",
          0,
          List.of(
              Route.openGet("/open", context -> Json.answer(context, 200, "{}".getBytes(UTF_8))),
              Route.guardedPost(
                  "/guarded", context -> Json.answer(context, 200, "{}".getBytes(UTF_8))),
              Route.openGet("/broken", context -> fail(new IllegalStateException("marker"))),
              Route.openGet("/worse", context -> fail(new StackOverflowError("marker"))),
              Route.openGet(
                  "/lost",
                  context -> {
                    throw new IOException("gone");
                  }),
              Route.openGet(
                  "/cut",
                  context -> {
                    context.res().flushBuffer();
                    throw new AbortedException("on purpose");
                  }),
              Route.openGet(
                  "/late",
                  context -> {
                    context.res().flushBuffer();
                    throw new RefusedException(ErrorCode.INTERNAL_ERROR);
                  })),
          context -> {
            throw new RefusedException(ErrorCode.AUTH_ERROR);
          },
          LIMITS,
          Timekeeper.system(),
          recorder);

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /open, /open, OK",
    "HEAD, /open, /open, OK",
    "GET, /open?marker=1, /open, OK",
    "POST, /open, /open, METHOD_NOT_ALLOWED",
    "GET, /marker, other, NOT_FOUND",
    "POST, /guarded, /guarded, AUTH_ERROR",
    "GET, /broken, /broken, INTERNAL_ERROR",
    "GET, /worse, /worse, INTERNAL_ERROR"
  })
  void tellsPathAndOutcomeOfWhatIsAnswered(String method, String asked, String path, String outcome)
      throws Exception {
    client.send(
        request(asked).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.discarding());
    assertThat(recorder.next()).isEqualTo(path + " " + outcome);
  }

  @ParameterizedTest
  @CsvSource({"/lost, CALLER_LOST", "/cut, CUT", "/late, CUT"})
  void tellsTheOutcomeOfWhatIsCut(String path, String outcome) throws Exception {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> client.send(request(path).build(), HttpResponse.BodyHandlers.discarding()));
    assertThat(recorder.next()).isEqualTo(path + " " + outcome);
  }

  @Test
  void endsEveryRequestThatBeganPreflightsToo() throws Exception {
    assertThat(
            RawHttp.exchange(
                server.port(),
                String.join(
                    "\r\n",
                    "OPTIONS /guarded HTTP/1.1",
                    "Host: x",
                    "Origin: http://a",
                    "Access-Control-Request-Method: POST",
                    "Connection: close",
                    "",
                    "")))
        .startsWith("HTTP/1.1 204")
        .doesNotContain("Content-Type:")
        .doesNotContain("Content-Length:");
    assertThat(recorder.next()).isEqualTo("/guarded OK");
    assertThat(recorder.inFlight.get()).isZero();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static void fail(RuntimeException failure) {
    throw failure;
  }

  private static void fail(Error failure) {
    throw failure;
  }

  private static final class Recorder implements RequestObserver {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

    @Override
    public void began() {
      inFlight.incrementAndGet();
    }

    @Override
    public void ended(String path, String outcome, long nanos) {
      inFlight.decrementAndGet();
      assertThat(nanos).isPositive();
      ended.add(path + " " + outcome);
    }

    String next() throws InterruptedException {
      return ended.poll(10, TimeUnit.SECONDS);
    }
  }
}
