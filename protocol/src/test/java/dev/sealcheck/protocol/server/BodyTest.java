package dev.sealcheck.protocol.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a body may take, and what becomes of one that nobody wants to the end. */
@Timeout(60)
class BodyTest {

  private static final int CAP = 100_000;
  private static final int MEBIBYTE = 1024 * 1024;
  private static final Duration BODY_TIME = Duration.ofSeconds(30);
  private static final ServerLimits LIMITS =
      new ServerLimits(CAP, BODY_TIME, Duration.ofDays(1), Duration.ofSeconds(5));
  private static final String HEAD =
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  private final HandMovedTime time = new HandMovedTime();
  private final LinkedBlockingQueue<Integer> read = new LinkedBlockingQueue<>();
  private final WireServer server =
      WireServer.start(
          "127.0.0.1",
          0,
          List.of(
              Route.openPost(
                  "/echo",
                  context -> {
                    byte[] body = Json.body(context, LIMITS);
                    read.add(body.length);
                    Json.answer(context, 200, body);
                  }),
              Route.guardedPost("/closed", context -> Json.body(context, LIMITS))),
          context -> {
            throw new RefusedException(ErrorCode.AUTH_ERROR);
          },
          LIMITS,
          time);

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 50", "Transfer-Encoding: chunked"})
  void refusesABodyThatStopsComingWhenItsTimeIsUp(String length) throws Exception {
    try (Socket socket = RawHttp.send(server.port(), HEAD + length + "\r\n\r\n")) {
      time.awaitPending(1);
      time.move(BODY_TIME.minusNanos(1));
      time.awaitPending(1);
      time.move(Duration.ofNanos(1));
      assertRefused(ErrorCode.INVALID_BODY, rest(socket));
    }
    time.awaitPending(0);
    assertThat(read).isEmpty();
  }

  @Test
  void refusesABodyThatTricklesWhenItsTimeIsUp() throws Exception {
    try (Socket socket = RawHttp.send(server.port(), HEAD + "Content-Length: 50\r\n\r\n")) {
      time.awaitPending(1);
      for (int second = 1; second <= 30; second++) {
        socket.getOutputStream().write('x');
        time.move(Duration.ofSeconds(1));
      }
      assertRefused(ErrorCode.INVALID_BODY, rest(socket));
    }
    assertThat(read).isEmpty();
  }

  @Test
  void takesABodyThatTricklesInTime() throws Exception {
    try (Socket socket =
        RawHttp.send(server.port(), HEAD + "Connection: close\r\nContent-Length: 29\r\n\r\n")) {
      time.awaitPending(1);
      for (int second = 1; second <= 29; second++) {
        socket.getOutputStream().write('x');
        time.move(Duration.ofSeconds(1));
      }
      assertThat(rest(socket)).startsWith("HTTP/1.1 200").endsWith("x".repeat(29));
    }
    time.awaitPending(0);
  }

  @Test
  void refusesABodyWhoseChunksAreNoneAsInvalid() throws Exception {
    assertRefused(
        ErrorCode.INVALID_BODY,
        RawHttp.exchange(
            server.port(), HEAD + "Transfer-Encoding: chunked\r\n\r\nnothing\r\n\r\n"));
  }

  @Test
  void forgetsACallerThatLeavesInTheMidstOfABody() throws Exception {
    try (Socket socket = RawHttp.send(server.port(), HEAD + "Content-Length: 50\r\n\r\nx")) {
      time.awaitPending(1);
      assertThat(socket.isConnected()).isTrue();
    }
    time.awaitPending(0);
    assertThat(read).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {CAP + 1, CAP + MEBIBYTE / 2, CAP + MEBIBYTE - 100_000})
  void letsTheRefusalArriveThoughMuchIsStillToCome(int size) throws Exception {
    byte[] body = "x".repeat(size).getBytes(UTF_8);
    for (int i = 0; i < 50; i++) {
      assertRefused(
          ErrorCode.BODY_TOO_LARGE, sendAll("Content-Length: " + size + "\r\n\r\n", body, ""));
      assertRefused(
          ErrorCode.BODY_TOO_LARGE,
          sendAll(
              "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(size) + "\r\n",
              body,
              "\r\n0\r\n\r\n"));
    }
    time.awaitPending(0);
    assertThat(read).isEmpty();
  }

  @Test
  void letsARefusalBeforeTheBodyArriveAndTakesTheNextRequest() throws Exception {
    byte[] body = "x".repeat(CAP).getBytes(UTF_8);
    for (int i = 0; i < 50; i++) {
      try (Socket socket =
          RawHttp.send(
              server.port(),
              HEAD.replace("/echo", "/closed") + "Content-Length: " + CAP + "\r\n\r\n")) {
        socket.getOutputStream().write(body);
        socket
            .getOutputStream()
            .write((HEAD + "Connection: close\r\nContent-Length: 2\r\n\r\n{}").getBytes(UTF_8));
        assertThat(rest(socket)).startsWith("HTTP/1.1 401").contains("HTTP/1.1 200").endsWith("{}");
      }
    }
  }

  @Test
  void cutsOffABodyWithoutAnEnd() throws Exception {
    byte[] piece = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(ISO_8859_1);
    long sent = 0;
    try (Socket socket = RawHttp.send(server.port(), HEAD + "Transfer-Encoding: chunked\r\n\r\n")) {
      socket.setSendBufferSize(16 * 1024);
      OutputStream output = socket.getOutputStream();
      while (sent < 100L * MEBIBYTE) {
        output.write(piece);
        sent += piece.length;
      }
    } catch (IOException reset) {
      assertThat(sent).isGreaterThan(CAP);
    }
    // What the system's own buffers hold is sent and not taken.
    assertThat(sent).isLessThan(16L * MEBIBYTE);
    time.awaitPending(0);
  }

  @Test
  void waitsForTheRestOfARefusedBodyOnlyForAWhile() throws Exception {
    try (Socket socket =
        RawHttp.send(server.port(), HEAD + "Content-Length: " + (CAP + 1) + "\r\n\r\nx")) {
      assertRefused(ErrorCode.BODY_TOO_LARGE, rest(socket));
      time.awaitPending(1);
      time.move(Leftovers.PATIENCE);
      time.awaitPending(0);
    }
  }

  @Test
  void asksNobodyForABodyThatIsAlreadyRefused() throws Exception {
    try (Socket socket =
        RawHttp.send(
            server.port(),
            HEAD + "Expect: 100-continue\r\nContent-Length: " + (CAP + 1) + "\r\n\r\n")) {
      String answer = rest(socket);
      assertRefused(ErrorCode.BODY_TOO_LARGE, answer);
      assertThat(answer).doesNotContain("100 Continue");
    }
    time.awaitPending(0);
  }

  @Test
  void asksForABodyThatItWants() throws Exception {
    try (Socket socket =
        RawHttp.send(
            server.port(),
            HEAD + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n")) {
      String interim = "HTTP/1.1 100 Continue\r\n\r\n";
      assertThat(new String(socket.getInputStream().readNBytes(interim.length()), UTF_8))
          .isEqualTo(interim);
      socket.getOutputStream().write("{}".getBytes(UTF_8));
      assertThat(rest(socket)).startsWith("HTTP/1.1 200").endsWith("{}");
    }
    assertThat(read.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
  }

  /** Sends everything before it reads anything, as a simple client would. */
  private String sendAll(String head, byte[] body, String end) throws IOException {
    try (Socket socket = RawHttp.send(server.port(), HEAD + head)) {
      socket.getOutputStream().write(body);
      socket.getOutputStream().write(end.getBytes(UTF_8));
      return rest(socket);
    }
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  private static void assertRefused(ErrorCode code, String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + code.status())
        .contains("Content-Type: application/json")
        .endsWith(new String(code.body(), UTF_8));
  }
}
