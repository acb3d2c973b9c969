package dev.sealcheck.conformance.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.Hung;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessengerTest {
  private static final String EMPTY_OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final SuiteClock clock = SuiteClock.system();
  private final Messenger messenger = new Messenger(clock);
  private final Deadline deadline = Deadline.in(clock, Duration.ofSeconds(20));

  @AfterEach
  void closeConnections() {
    messenger.close();
  }

  @Test
  void sendsExactlyTheCall() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(EMPTY_OK)) {
      HttpCall call =
          HttpCall.post(server.uri("/v1/a%2Fb//c?q=%20x&y#stream"), Bytes.utf8("{\"é\": 1 }\n"))
              .bearing(new BearerToken("token-1"))
              .withHeader("X-A", "1")
              .withHeader("x-a", "2");
      messenger.send(call, deadline);

      String[] sent = server.requests().get(0).split("\r\n\r\n", -1);
      assertThat(sent[0].split("\r\n"))
          .containsExactly(
              "POST /v1/a%2Fb//c?q=%20x&y HTTP/1.1",
              "Authorization: Bearer token-1",
              "Content-Type: application/json",
              "X-A: 1",
              "x-a: 2",
              "Content-Length: 11",
              "Host: " + call.uri().getAuthority(),
              "Connection: Keep-Alive",
              "User-Agent: sealcheck");
      assertThat(sent[1]).isEqualTo("{\"\u00c3\u00a9\": 1 }\n");
    }
  }

  @Test
  void addsNoMediaTypeOfItsOwn() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(EMPTY_OK)) {
      HttpCall call = HttpCall.post(server.uri("/"), Bytes.utf8("{}"));
      messenger.send(call.withoutHeader("content-type"), deadline);
      messenger.send(call.withContentType("text/plain"), deadline);
      messenger.send(call.withBody(Bytes.empty()), deadline);

      assertThat(server.requests().get(0).toLowerCase(Locale.ROOT))
          .doesNotContain("content-type")
          .doesNotContain("accept");
      assertThat(server.requests().get(1)).contains("Content-Type: text/plain\r\n");
      assertThat(server.requests().get(2)).contains("Content-Length: 0\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"})
  void sendsAnyMethod(String method) throws Exception {
    String refusal = "HTTP/1.1 405 No\r\nAllow: POST\r\nContent-Length: 2\r\n\r\n{}";
    try (ScriptedServer server = ScriptedServer.answering(refusal)) {
      Exchange exchange =
          messenger.send(HttpCall.get(server.uri("/")).withMethod(method), deadline);

      assertThat(server.requests().get(0)).startsWith(method + " / HTTP/1.1\r\n");
      assertThat(exchange.status()).isEqualTo(405);
      assertThat(exchange.headers().first("allow")).contains("POST");
      assertThat(exchange.body()).isEqualTo(Bytes.utf8("{}"));
      assertThat(exchange.headNanos().orElseThrow())
          .isBetween(exchange.startNanos(), exchange.endNanos());
    }
  }

  @Test
  void takesTheAnswerAsItIs() throws Exception {
    String odd =
        "HTTP/1.1 999 Odd\r\nContent-Type: nonsense;;; charset=none\r\nContent-Encoding: gzip\r\n"
            + "Set-Cookie: ;;=\r\nSet-Cookie: a=b; expires=never\r\nContent-Length: 3\r\n\r\nabc";
    try (ScriptedServer server = ScriptedServer.answering(odd)) {
      Exchange first = messenger.send(HttpCall.get(server.uri("/")), deadline);
      messenger.send(HttpCall.get(server.uri("/")), deadline);

      assertThat(first.status()).isEqualTo(999);
      assertThat(first.body()).isEqualTo(Bytes.utf8("abc"));
      assertThat(first.headers().all("set-cookie")).hasSize(2);
      assertThat(first.headers().mediaType()).contains("nonsense");
      assertThat(server.requests().get(1)).doesNotContain("Cookie");
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    try (ScriptedServer target = ScriptedServer.answering(EMPTY_OK);
        ScriptedServer server =
            ScriptedServer.answering(
                "HTTP/1.1 302 Found\r\nLocation: "
                    + target.uri("/")
                    + "\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(messenger.send(HttpCall.get(server.uri("/")), deadline).status()).isEqualTo(302);
      assertThat(target.connections()).isZero();
    }
  }

  @Test
  void reportsARefusedConnection() throws Exception {
    Exchange exchange = messenger.send(HttpCall.get(deadPort()), deadline);

    assertThat(exchange.failure().orElseThrow().kind()).isEqualTo(ExchangeFailure.Kind.CONNECT);
    assertThat(exchange.answer()).isEmpty();
    assertThat(exchange.isAnswered()).isFalse();
    assertThatThrownBy(exchange::status).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void recordsAResetAndNeverSendsTwice() throws Exception {
    AtomicInteger served = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              while (connection.readRequest()) {
                if (served.incrementAndGet() == 1) {
                  connection.write(EMPTY_OK);
                } else {
                  connection.reset();
                }
              }
            })) {
      HttpCall call = HttpCall.post(server.uri("/"), Bytes.utf8("{}"));
      assertThat(messenger.send(call, deadline).isAnswered()).isTrue();
      Exchange second = messenger.send(call, deadline);

      assertThat(second.failure().orElseThrow().kind()).isEqualTo(ExchangeFailure.Kind.BROKEN);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void keepsWhatCameBeforeTheConnectionBroke() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.readRequest();
              connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
            })) {
      Exchange exchange = messenger.send(HttpCall.get(server.uri("/")), deadline);

      assertThat(exchange.status()).isEqualTo(200);
      assertThat(exchange.body()).isEqualTo(Bytes.utf8("half"));
      assertThat(exchange.failure().orElseThrow().kind()).isEqualTo(ExchangeFailure.Kind.BROKEN);
    }
  }

  @Test
  void cutsAnOversizedBody() throws Exception {
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.readRequest();
              connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              try {
                while (true) {
                  connection.writeChunk("x".repeat(1000));
                }
              } catch (IOException cut) {
                gone.complete(true);
              }
            })) {
      Exchange exchange = messenger.withBodyCap(2500).send(HttpCall.get(server.uri("/")), deadline);

      assertThat(exchange.answer().orElseThrow().truncated()).isTrue();
      assertThat(exchange.body().length()).isEqualTo(2500);
      assertThat(exchange.isAnswered()).isTrue();
      assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void callsADrippingServerHungAndCutsIt() throws Exception {
    HandClock hand = new HandClock();
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    Transcript transcript = new Transcript();
    try (Messenger slow = new Messenger(hand);
        ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.readRequest();
                  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
                  try {
                    while (true) {
                      connection.write("x");
                      hand.advance(Duration.ofMillis(5));
                    }
                  } catch (IOException cut) {
                    gone.complete(true);
                  }
                })) {
      HttpCall call = HttpCall.get(server.uri("/drip"));
      Deadline limit = Deadline.in(hand, Duration.ofMillis(50));

      assertThatThrownBy(() -> slow.recordingTo(transcript).send(call, limit))
          .isInstanceOf(Hung.class)
          .hasMessage("the answer to GET /drip did not come within 50 ms");
      assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
      Exchange recorded = transcript.exchanges().get(0);
      assertThat(recorded.failure().orElseThrow().kind()).isEqualTo(ExchangeFailure.Kind.TIMEOUT);
    }
  }

  @Test
  void callsASilentServerHung() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server = new ScriptedServer(connection -> over.await())) {
      Deadline limit = Deadline.in(clock, Duration.ofMillis(80));

      assertThatThrownBy(() -> messenger.send(HttpCall.get(server.uri("/")), limit))
          .isInstanceOf(Hung.class);
    } finally {
      over.countDown();
    }
  }

  @Test
  void sendsSixteenCallsAtOnceAndRecordsAll() throws Exception {
    CyclicBarrier allIn = new CyclicBarrier(16);
    Transcript transcript = new Transcript();
    Messenger recording = messenger.recordingTo(transcript);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.readRequest();
              allIn.await(20, TimeUnit.SECONDS);
              connection.write(EMPTY_OK);
            })) {
      List<Future<Exchange>> sending = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        HttpCall call = HttpCall.post(server.uri("/" + i), Bytes.utf8("{\"i\":" + i + "}"));
        sending.add(threads.submit(() -> recording.send(call, deadline)));
      }
      for (Future<Exchange> sent : sending) {
        assertThat(sent.get().status()).isEqualTo(200);
      }
      assertThat(transcript.exchanges()).hasSize(16);
      assertThat(server.requests()).doesNotHaveDuplicates().hasSize(16);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void takesAnAnswerThatComesBeforeTheBodyEnds() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.readRequest();
              connection.skip(100_000);
              connection.write(
                  "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
            })) {
      HttpCall call = HttpCall.post(server.uri("/"), Bytes.utf8(" ".repeat(1 << 16)));
      EndlessUpload upload = messenger.sendEndless(call, 1L << 40, deadline);

      assertThat(server.requests().get(0)).contains("Transfer-Encoding: chunked");
      assertThat(upload.takenBytes()).isBetween(90_000L, 64L << 20);
      assertThat(upload.exchange().outcome()).isEqualTo("status 413, 2 bytes");
    }
  }

  @Test
  void printsNoToken() {
    HttpCall call =
        HttpCall.get(URI.create("http://h/"))
            .bearing(new BearerToken("secret-1"))
            .withHeader("Cookie", "secret-2")
            .withHeader("X-Seen", "yes");

    assertThat(call.toString())
        .contains("Authorization: Bearer ***", "X-Seen: yes")
        .doesNotContain("secret");
    assertThat(call.token().toString()).doesNotContain("secret");
  }

  @Test
  void refusesCallsThatCannotBeSent() {
    URI uri = URI.create("http://h/");
    assertThatIllegalArgumentException().isThrownBy(() -> HttpCall.get(URI.create("/relative")));
    assertThatIllegalArgumentException().isThrownBy(() -> HttpCall.get(uri).withMethod("get"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpCall.get(uri).withHeader("X", "a\r\nY: b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BearerToken("a b"))
        .withMessageNotContaining("a b");
  }

  private static URI deadPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort() + "/");
    }
  }
}
