package dev.sealcheck.conformance.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostedStreamTest {
  private static final String GET = "GET / HTTP/1.1\r\n\r\n";
  private static final List<HttpHeader> SSE =
      List.of(new HttpHeader("Content-Type", "text/event-stream"));

  private final BlockingQueue<HostedStream> streams = new ArrayBlockingQueue<>(10);
  private final CountDownLatch handlerEnded = new CountDownLatch(1);
  private HostServer server;

  /** What to do with an opened stream. */
  private interface Script {
    void run(HostedStream stream) throws IOException;
  }

  private RawPeer peerOf(Script script) throws IOException {
    server =
        HostServer.start(
            "test",
            "127.0.0.1",
            0,
            call -> {
              HostedStream stream = call.stream(200, SSE);
              streams.add(stream);
              try {
                script.run(stream);
              } finally {
                handlerEnded.countDown();
              }
            });
    return new RawPeer(server.base());
  }

  private HostedStream opened() throws InterruptedException {
    return streams.poll(5, TimeUnit.SECONDS);
  }

  private static Deadline soon() {
    return Deadline.in(SuiteClock.system(), Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void framesEveryWriteAsAChunkAndKeepsTheConnection() throws Exception {
    Script two =
        stream -> {
          stream.write(Bytes.utf8("a".repeat(17)));
          stream.write(Bytes.utf8("é"));
          stream.end();
        };
    try (RawPeer peer = peerOf(two)) {
      for (int i = 0; i < 2; i++) {
        assertThat(peer.send(GET).readUntil("0\r\n\r\n"))
            .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n")
            .contains("Transfer-Encoding: chunked\r\n\r\n11\r\n" + "a".repeat(17) + "\r\n2\r\n");
        assertThat(opened().writtenBytes()).isEqualTo(19);
      }
      assertThat(server.failures()).isEmpty();
    }
  }

  @Test
  void isReadByAnOrdinaryClient() throws Exception {
    Script many =
        stream -> {
          for (int i = 0; i < 1_000; i++) {
            stream.write(Bytes.utf8("0123456789".repeat(10)));
          }
          stream.end();
        };
    peerOf(many).close();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.base()).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo("0123456789".repeat(10_000));
  }

  @Test
  void sendsAChunkInOneWrite() throws Exception {
    try (RawPeer peer = peerOf(stream -> stream.awaitPeerGone(soon()))) {
      peer.send(GET).readUntil("\r\n\r\n");
      opened().write(Bytes.utf8("data: 1\n\ndata: 2\n\n"));
      assertThat(peer.readOnce()).isEqualTo("12\r\ndata: 1\n\ndata: 2\n\n\r\n");
    }
  }

  @Test
  void abortsWithAReset() throws Exception {
    try (RawPeer peer = peerOf(stream -> stream.awaitPeerGone(soon()))) {
      HostedStream stream = openedBy(peer);
      stream.write(Bytes.utf8("x"));
      assertThat(peer.readOnce()).isEqualTo("1\r\nx\r\n");
      stream.abort();
      assertThatThrownBy(peer::readToEnd).isInstanceOf(SocketException.class);
      assertThat(handlerEnded.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(server.failures()).isEmpty();
    }
  }

  private HostedStream openedBy(RawPeer peer) throws Exception {
    peer.send(GET).readUntil("\r\n\r\n");
    return opened();
  }

  @Test
  void closesUnfinishedInOrder() throws Exception {
    try (RawPeer peer = peerOf(HostedStream::closeUnfinished)) {
      assertThat(peer.send(GET).readToEnd()).endsWith("chunked\r\n\r\n");
      assertThat(server.failures()).isEmpty();
    }
  }

  @Test
  void resetsAndReportsAStreamThatItsHandlerLeft() throws Exception {
    try (RawPeer peer = peerOf(stream -> stream.write(Bytes.utf8("x")))) {
      peer.send(GET);
      assertThatThrownBy(peer::readToEnd).isInstanceOf(SocketException.class);
      assertThat(server.failures()).hasSize(1);
    }
  }

  @Test
  void seesThePeerGoFromAnotherThreadThanTheHandlers() throws Exception {
    RawPeer peer = peerOf(stream -> stream.awaitPeerGone(soon()));
    HostedStream stream = openedBy(peer);
    peer.close();
    assertThat(stream.awaitPeerGone(soon())).isTrue();
    assertThat(handlerEnded.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(server.failures()).isEmpty();
  }

  @Test
  void blocksSoonWhereThePeerDoesNotReadAndWakesWhenItLeaves() throws Exception {
    Bytes chunk = Bytes.owning(new byte[64 << 10]);
    Script flood =
        stream -> {
          while (true) {
            stream.write(chunk);
          }
        };
    RawPeer peer = peerOf(flood);
    HostedStream stream = openedBy(peer);
    // Blocked when a look after 100 ms sees no byte more.
    for (long before = -1; before < stream.writtenBytes(); ) {
      before = stream.writtenBytes();
      assertThat(handlerEnded.await(100, TimeUnit.MILLISECONDS)).isFalse();
    }

    assertThat(stream.writtenBytes()).isLessThan(8 << 20);
    peer.close();
    assertThat(handlerEnded.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(server.failures()).isEmpty();
  }

  @Test
  void refusesAnEmptyChunkAndAWriteBehindTheEnd() throws Exception {
    Script wrong =
        stream -> {
          assertThatThrownBy(() -> stream.write(Bytes.empty()))
              .isInstanceOf(IllegalArgumentException.class);
          stream.end();
          assertThatThrownBy(stream::end).isInstanceOf(IllegalStateException.class);
        };
    try (RawPeer peer = peerOf(wrong)) {
      assertThat(peer.send(GET).readUntil("0\r\n\r\n")).isNotEmpty();
      assertThat(server.failures()).isEmpty();
    }
  }
}
