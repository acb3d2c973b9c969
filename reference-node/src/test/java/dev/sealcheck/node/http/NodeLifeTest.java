package dev.sealcheck.node.http;

import static dev.sealcheck.node.engine.ScriptedEngine.ANSWER;
import static dev.sealcheck.node.engine.ScriptedEngine.CHUNK;
import static dev.sealcheck.node.engine.ScriptedEngine.USAGE_CHUNK;
import static dev.sealcheck.node.http.NodeFixture.body;
import static dev.sealcheck.node.http.NodeFixture.streamed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealcheck.node.engine.ScriptedCall;
import dev.sealcheck.protocol.server.SseInput;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that leave and nodes that stop, in the midst of answers. */
@Timeout(60)
class NodeLifeTest {

  private static final int RESETS = 200;
  private static final int RUNNING = 6;
  private static final ConfidentialPath CHAT = ConfidentialPath.CHAT_COMPLETIONS;

  /** So long that no comment is ever written, which could notice a caller's leaving too. */
  private static final Duration NO_COMMENTS = Duration.ofDays(1);

  @ParameterizedTest
  @ValueSource(strings = {"close", "reset", "half-close"})
  void stopsTheEngineAtOnceWhenItsCallerLeavesInSilence(String way) throws Exception {
    try (NodeFixture node = new NodeFixture(NO_COMMENTS)) {
      node.engine.follow(NodeLifeTest::fallSilent);
      try (Socket socket = node.beginByHand(CHAT, node.seal(streamed(CHAT)), Integer.MAX_VALUE)) {
        awaitFirstEvent(socket);
        leave(socket, way);
        node.engine.awaitDepartures(1);
      }
      node.requireHealth();
    }
  }

  @Test
  void staysWellWhenConnectionsAreResetInTheMidstOfAnAnswer() throws Exception {
    int batch = NodeFixture.MAX_CONCURRENT / 2;
    try (NodeFixture node = new NodeFixture(NO_COMMENTS)) {
      node.engine.follow(NodeLifeTest::fallSilent);
      for (int done = 0; done < RESETS; done += batch) {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
          sockets.add(node.beginByHand(CHAT, node.seal(streamed(CHAT)), Integer.MAX_VALUE));
        }
        for (Socket socket : sockets) {
          awaitFirstEvent(socket);
          NodeFixture.reset(socket);
        }
        // Each engine sees it, and each place is free again: there are far fewer than resets.
        node.engine.awaitDepartures(batch);
      }
      node.requireHealth();
      awaitIdleThreads();
    }
  }

  @Test
  void finishesWhatRunsWhenItStopsAndRefusesWhatComes() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (NodeFixture node = new NodeFixture(NO_COMMENTS, Duration.ofSeconds(50))) {
      node.engine.follow(
          call -> {
            if (call.body().contains("\"stream\":true")) {
              call.beginStream();
              call.event(CHUNK);
              goOn.await();
              call.event(USAGE_CHUNK);
              call.end();
            } else {
              goOn.await();
              call.answer(200, ANSWER);
            }
          });
      int port = node.port();
      Load load = new Load(node);
      CompletableFuture<Void> stopped = stop(node);
      goOn.countDown();
      for (int i = 0; i < RUNNING; i++) {
        HttpResponse<byte[]> whole = load.wholes.get(i).get(30, TimeUnit.SECONDS);
        assertThat(load.wholeRequests.get(i).openWithoutSeal(whole.body(), true)).isEqualTo(ANSWER);
        SseInput events = new SseInput(load.streams.get(i).body(), 10_000);
        SealingClient.Sealed stream = load.streamRequests.get(i);
        assertThat(stream.openWithoutSeal(events.next().orElseThrow(), false)).isEqualTo(CHUNK);
        assertThat(stream.openWithoutSeal(events.next().orElseThrow(), true))
            .isEqualTo(USAGE_CHUNK);
        assertThat(events.next()).isEmpty();
      }
      stopped.get(30, TimeUnit.SECONDS);
      assertThat(node.engine.calls()).hasSize(2 * RUNNING);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port));
    }
  }

  @Test
  void cutsWhatRunsLongerThanAStopMayTake() throws Exception {
    try (NodeFixture node = new NodeFixture(NO_COMMENTS, Duration.ofMillis(1))) {
      node.engine.follow(
          call -> {
            if (call.body().contains("\"stream\":true")) {
              fallSilent(call);
            } else {
              call.stayUntilPeerLeaves();
            }
          });
      Load load = new Load(node);
      CompletableFuture<Void> stopped = inBackground(node::stop);
      for (int i = 0; i < RUNNING; i++) {
        InputStream stream = load.streams.get(i).body();
        assertThatExceptionOfType(IOException.class).isThrownBy(stream::readAllBytes);
        CompletableFuture<HttpResponse<byte[]>> whole = load.wholes.get(i);
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(() -> whole.get(30, TimeUnit.SECONDS))
            .withCauseInstanceOf(IOException.class);
      }
      // No engine is left at work for nobody.
      node.engine.awaitDepartures(2 * RUNNING);
      stopped.get(30, TimeUnit.SECONDS);
    }
  }

  /** Streams that have begun and whole answers that the engine was asked for. */
  private static final class Load {
    private final List<SealingClient.Sealed> streamRequests = new ArrayList<>();
    private final List<SealingClient.Sealed> wholeRequests = new ArrayList<>();
    private final List<HttpResponse<InputStream>> streams = new ArrayList<>();
    private final List<CompletableFuture<HttpResponse<byte[]>>> wholes = new ArrayList<>();

    Load(NodeFixture node) throws Exception {
      for (int i = 0; i < RUNNING; i++) {
        streamRequests.add(node.seal(streamed(CHAT)));
        streams.add(node.begin(node.signed(CHAT, streamRequests.get(i))));
        wholeRequests.add(node.seal(body(CHAT)));
        HttpRequest whole = node.signed(CHAT, wholeRequests.get(i)).build();
        wholes.add(node.http.sendAsync(whole, HttpResponse.BodyHandlers.ofByteArray()));
      }
      node.engine.awaitArrivals(2 * RUNNING);
    }
  }

  /** Begins to stop a node, and returns once it refuses. */
  private static CompletableFuture<Void> stop(NodeFixture node) throws Exception {
    HttpRequest health =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/health")).build();
    CompletableFuture<Void> stopped = inBackground(node::stop);
    HttpResponse<byte[]> answer;
    do {
      answer = node.http.send(health, HttpResponse.BodyHandlers.ofByteArray());
    } while (answer.statusCode() == 200);
    NodeFixture.assertRefused(ErrorCode.SERVICE_UNAVAILABLE, answer);
    NodeFixture.assertRefused(ErrorCode.SERVICE_UNAVAILABLE, node.ask(CHAT, node.seal(body(CHAT))));
    return stopped;
  }

  /** On a thread of its own: the common pool has as few as one, which HTTP clients use too. */
  private static CompletableFuture<Void> inBackground(Runnable task) {
    return CompletableFuture.runAsync(task, work -> new Thread(work, "stop").start());
  }

  private static void leave(Socket socket, String way) throws IOException {
    switch (way) {
      case "close" -> socket.close();
      case "reset" -> NodeFixture.reset(socket);
      default -> socket.shutdownOutput();
    }
  }

  private static void fallSilent(ScriptedCall call) throws IOException {
    call.beginStream();
    call.event(CHUNK);
    call.stayUntilPeerLeaves();
  }

  private static void awaitFirstEvent(Socket socket) throws IOException {
    StringBuilder seen = new StringBuilder();
    InputStream input = socket.getInputStream();
    while (seen.indexOf("data: ") < 0) {
      byte[] some = input.readNBytes(1);
      assertThat(some).hasSize(1);
      seen.append(new String(some, UTF_8));
    }
    assertThat(seen).startsWith("HTTP/1.1 200");
  }

  /** Waits until no thread of any server in this process is in the product's code. */
  private static void awaitIdleThreads() {
    boolean busy = true;
    while (busy) {
      busy =
          Thread.getAllStackTraces().entrySet().stream()
              .filter(entry -> !entry.getKey().equals(Thread.currentThread()))
              .filter(entry -> !entry.getKey().getName().startsWith("scripted-"))
              .flatMap(entry -> Arrays.stream(entry.getValue()))
              .anyMatch(frame -> frame.getClassName().startsWith("dev.sealcheck.node.http"));
    }
  }
}
