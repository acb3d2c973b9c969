package dev.sealcheck.protocol.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a silent stream notices of its caller: no time passes here, so no comment is written. */
@Timeout(60)
class SseWriterTest {

  private static final int MANY = 200;
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final ServerLimits LIMITS =
      new ServerLimits(1_000, Duration.ofSeconds(30), INTERVAL, Duration.ofSeconds(5));
  private static final String REQUEST =
      "POST /stream HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + "Content-Length: 2\r\n\r\n{}";
  private static final String END = "";
  private static final String GONE = "gone";

  private final HandMovedTime time = new HandMovedTime();

  /**
   * For each stream that began, what it does next: an event, its end, or noticing that its caller
   * is gone.
   */
  private final BlockingQueue<BlockingQueue<String>> begun = new LinkedBlockingQueue<>();

  private final Semaphore gone = new Semaphore(0);
  private final Semaphore over = new Semaphore(0);
  private BlockingQueue<String> script;

  private final WireServer server =
      WireServer.start(
          "127.0.0.1",
          0,
          List.of(
              Route.openPost(
                  "/stream",
                  context -> {
                    Json.body(context, LIMITS);
                    BlockingQueue<String> own = new LinkedBlockingQueue<>();
                    Runnable leave =
                        () -> {
                          gone.release();
                          own.add(GONE);
                        };
                    try (SseWriter writer = new SseWriter(context, INTERVAL, leave)) {
                      begun.add(own);
                      follow(own, writer);
                    } finally {
                      over.release();
                    }
                  }),
              Route.openPost(
                  "/echo", context -> Json.answer(context, 200, Json.body(context, LIMITS)))),
          context -> {},
          LIMITS,
          time);

  private static void follow(BlockingQueue<String> script, SseWriter writer)
      throws IOException, InterruptedException {
    for (String next = script.take(); !next.equals(END); next = script.take()) {
      if (next.equals(GONE)) {
        throw new IOException("the caller is gone");
      }
      writer.event(next.getBytes(UTF_8));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void noticesACallerThatLeavesInSilence() throws Exception {
    try (Socket socket = begin()) {
      assertThat(gone.availablePermits()).isZero();
      assertThat(socket.isConnected()).isTrue();
    }
    await(gone, 1);
    await(over, 1);
    time.awaitPending(0);
  }

  @Test
  void noticesEachOfManyResets() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      sockets.add(begin());
    }
    for (Socket socket : sockets) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
    await(gone, MANY);
    await(over, MANY);
    assertThat(gone.availablePermits()).isZero();
    time.awaitPending(0);
    try (Socket socket = begin()) {
      script.add("{}");
      script.add(END);
      assertThat(readStream(socket.getInputStream())).isEqualTo("data: {}\n\n");
    }
  }

  @Test
  void takesACallerThatShutsDownItsDirectionForGoneAndCutsIt() throws Exception {
    try (Socket socket = begin()) {
      socket.shutdownOutput();
      await(gone, 1);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> readStream(socket.getInputStream()));
    }
    await(over, 1);
  }

  @Test
  void leavesTheConnectionToTheRequestsThatFollow() throws Exception {
    try (Socket socket = begin()) {
      for (int i = 0; i < MANY; i++) {
        script.add("{\"a\":1}");
        script.add(END);
        assertThat(readStream(socket.getInputStream())).isEqualTo("data: {\"a\":1}\n\n");
        socket.getOutputStream().write(REQUEST.replace("/stream", "/echo").getBytes(UTF_8));
        assertThat(head(socket.getInputStream())).contains("200").contains("Content-Length: 2");
        assertThat(socket.getInputStream().readNBytes(2)).isEqualTo("{}".getBytes(UTF_8));
        socket.getOutputStream().write(REQUEST.getBytes(UTF_8));
        script = begun.poll(20, TimeUnit.SECONDS);
      }
      script.add(END);
      assertThat(readStream(socket.getInputStream())).isEmpty();
    }
    await(over, MANY + 1);
    assertThat(gone.availablePermits()).isZero();
  }

  @Test
  void finishesAnAnswerWhoseCallerSendsOnAndServesThatConnectionNoMore() throws Exception {
    try (Socket socket = begin()) {
      socket.getOutputStream().write(REQUEST.getBytes(UTF_8));
      script.add("{}");
      script.add("{}");
      String first = head(socket.getInputStream());
      assertThat(first).contains("200");
      assertThat(chunk(socket.getInputStream())).isEqualTo("data: {}\n\n");
      assertThat(chunk(socket.getInputStream())).isEqualTo("data: {}\n\n");
      script.add(END);
      assertThat(chunk(socket.getInputStream())).isEmpty();
      assertThat(socket.getInputStream().read()).isNegative();
    }
    await(over, 1);
    assertThat(gone.availablePermits()).isZero();
    assertThat(begun).isEmpty();
  }

  @Test
  void cutsACallerThatFloodsItWhileItIsAnswered() throws Exception {
    byte[] flood = new byte[1024 * 1024];
    try (Socket socket = begin()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  socket.getOutputStream().write(flood);
                }
              });
      await(gone, 1);
    }
    await(over, 1);
  }

  @Test
  void fillsSilenceWithACommentEachIntervalOnly() throws Exception {
    try (Socket socket = begin()) {
      InputStream input = socket.getInputStream();
      assertThat(head(input)).contains("text/event-stream");
      for (int i = 0; i < 3; i++) {
        time.awaitPending(1);
        time.move(INTERVAL);
        assertThat(chunk(input)).isEqualTo(": keep-alive\n\n");
      }
      time.awaitPending(1);
      time.move(INTERVAL.minusNanos(1));
      script.add("{}");
      assertThat(chunk(input)).isEqualTo("data: {}\n\n");
      script.add(END);
      assertThat(chunk(input)).isEmpty();
    }
    await(over, 1);
    time.awaitPending(0);
  }

  /** A stream of which the head is on its way. */
  private Socket begin() throws Exception {
    Socket socket = RawHttp.send(server.port(), REQUEST);
    script = begun.poll(20, TimeUnit.SECONDS);
    return socket;
  }

  private static void await(Semaphore happened, int count) throws InterruptedException {
    assertThat(happened.tryAcquire(count, 20, TimeUnit.SECONDS)).isTrue();
  }

  /** Head and body of a stream that must end as it should; the body. */
  private static String readStream(InputStream input) throws IOException {
    assertThat(head(input)).startsWith("HTTP/1.1 200").contains("text/event-stream");
    StringBuilder body = new StringBuilder();
    for (String chunk = chunk(input); !chunk.isEmpty(); chunk = chunk(input)) {
      body.append(chunk);
    }
    return body.toString();
  }

  private static String head(InputStream input) throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(input); !line.isEmpty(); line = line(input)) {
      head.append(line).append('\n');
    }
    return head.toString();
  }

  private static String chunk(InputStream input) throws IOException {
    String size = line(input);
    if (size.isEmpty()) {
      // The line end of a chunk comes with the chunk that follows.
      size = line(input);
    }
    if (size.equals("0")) {
      assertThat(line(input)).isEmpty();
    }
    return new String(input.readNBytes(Integer.parseInt(size, 16)), ISO_8859_1);
  }

  private static String line(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = input.read(); b != '\n'; b = input.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended in the midst of an answer");
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }
}
