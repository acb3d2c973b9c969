package dev.sealcheck.conformance.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.Hung;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawConnectionTest {

  private final SuiteClock clock = SuiteClock.system();
  private final Transcript transcript = new Transcript();
  private ServerSocket listening;
  private Messenger messenger;

  @BeforeEach
  void listen() throws IOException {
    listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    messenger = new Messenger(clock).recordingTo(transcript);
  }

  @AfterEach
  void close() throws IOException {
    messenger.close();
    listening.close();
  }

  @Test
  void sendsExactlyTheBytesAndReadsAnswersInTurn() throws Exception {
    CompletableFuture<String> seen =
        serve(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.0 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 500\r\n\r\nto the end");
    try (RawConnection connection = messenger.connect(uri())) {
      assertThat(connection.write(Bytes.utf8("GARBAGE\r\n"))).isTrue();
      connection.endOutput();

      assertThat(answer(connection).status()).isEqualTo(200);
      assertThat(answer(connection).body()).isEqualTo(Bytes.utf8("abc"));
      assertThat(answer(connection).status()).isEqualTo(204);
      assertThat(answer(connection).body()).isEqualTo(Bytes.utf8("to the end"));
      assertThat(answer(connection).isAnswered()).isFalse();
    }
    assertThat(seen.get()).isEqualTo("GARBAGE\r\n");
    assertThat(transcript.exchanges()).hasSize(5);
    assertThat(transcript.exchanges().get(0).call().token()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"
      })
  void takesWhatIsNoWholeAnswerForABrokenOne(String bytes) throws Exception {
    CompletableFuture<String> seen = serve(bytes);
    try (RawConnection connection = messenger.connect(uri())) {
      connection.endOutput();

      Exchange exchange = answer(connection);

      assertThat(exchange.isAnswered()).isFalse();
      assertThat(exchange.failure().orElseThrow().kind()).isEqualTo(ExchangeFailure.Kind.BROKEN);
    }
    seen.get();
  }

  @Test
  void seesSilenceAndItsEnd() throws Exception {
    try (RawConnection connection = messenger.connect(uri());
        Socket peer = listening.accept()) {
      assertThat(connection.isQuietFor(Duration.ofMillis(20))).isTrue();
      peer.getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(connection.isQuietFor(Duration.ofSeconds(20))).isFalse();
      assertThat(answer(connection).status()).isEqualTo(200);
      assertThatThrownBy(() -> connection.answer(call(), Deadline.in(clock, Duration.ofMillis(20))))
          .isInstanceOf(Hung.class);
      peer.shutdownOutput();
      assertThat(connection.isQuietFor(Duration.ofSeconds(20))).isFalse();
    }
  }

  @Test
  void resetsSoThatTheOtherSideSeesIt() throws Exception {
    RawConnection connection = messenger.connect(uri());
    try (Socket peer = listening.accept()) {
      connection.reset();
      assertThatThrownBy(() -> peer.getInputStream().read()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void failsTheCheckWhereNobodyListens() throws IOException {
    URI nobody = uri();
    listening.close();

    assertThatThrownBy(() -> messenger.connect(nobody)).isInstanceOf(CheckFailed.class);
  }

  @Test
  void writesHeadsWithTheFramingOfTheCheckOnly() {
    HttpCall call =
        HttpCall.post(URI.create("http://h:1/p?q"), Bytes.utf8("{}"))
            .bearing(new BearerToken("sk-secret"));

    assertThat(RawRequest.head(call, List.of("Content-Length: +2")).toLenientUtf8())
        .isEqualTo(
            String.join(
                "\r\n",
                "POST /p?q HTTP/1.1",
                "Host: h:1",
                "User-Agent: sealcheck",
                "Authorization: Bearer sk-secret",
                "Content-Type: application/json",
                "Content-Length: +2",
                "",
                ""));
    assertThat(RawRequest.whole(call).toLenientUtf8()).endsWith("Content-Length: 2\r\n\r\n{}");
    assertThat(RawRequest.chunk(Bytes.utf8("x".repeat(26))).toLenientUtf8())
        .isEqualTo("1a\r\n" + "x".repeat(26) + "\r\n");
  }

  private Exchange answer(RawConnection connection) {
    return connection.answer(call(), Deadline.in(clock, Duration.ofSeconds(20)));
  }

  private HttpCall call() {
    return HttpCall.get(uri()).bearing(new BearerToken("sk-secret"));
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1");
  }

  /** Answers one connection once its input has ended; what came in. */
  private CompletableFuture<String> serve(String... answers)
      throws ExecutionException, InterruptedException {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Socket peer = listening.accept()) {
            byte[] input = peer.getInputStream().readAllBytes();
            peer.getOutputStream().write(String.join("", answers).getBytes(ISO_8859_1));
            return new String(input, ISO_8859_1);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
