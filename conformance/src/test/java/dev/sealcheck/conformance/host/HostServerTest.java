package dev.sealcheck.conformance.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostServerTest {
  private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final BlockingQueue<HostedCall> calls = new ArrayBlockingQueue<>(100);
  private final BlockingQueue<Boolean> gone = new ArrayBlockingQueue<>(10);
  private HostServer server;

  private RawPeer peerOf(HostHandler handler) throws IOException {
    server =
        HostServer.start(
            "test",
            "127.0.0.1",
            0,
            call -> {
              calls.add(call);
              handler.handle(call);
            });
    return new RawPeer(server.base());
  }

  private static Deadline soon() {
    return Deadline.in(SuiteClock.system(), LIMIT);
  }

  private HostedCall nextCall() throws InterruptedException {
    return calls.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void assertNoFailure() {
    assertThat(server.failures()).isEmpty();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void handsOverMethodPathHeadersAndBody() throws Exception {
    try (RawPeer peer = peerOf(call -> call.answerJson(201, Bytes.utf8("{}")))) {
      peer.send("PUT /v1/x?q=1#f HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nx-a:  2 \r\n");
      peer.send("Content-Length: 4\r\n\r\nab\0\u00ff");

      assertThat(peer.readAnswer())
          .startsWith("HTTP/1.1 201 Created\r\n")
          .contains("Content-Type: application/json\r\n")
          .endsWith("\r\n\r\n{}");
      HostedCall call = nextCall();
      assertThat(call.method()).isEqualTo("PUT");
      assertThat(call.path()).isEqualTo("/v1/x");
      assertThat(call.headers())
          .containsExactly(
              new HttpHeader("Host", "x"),
              new HttpHeader("X-A", "1"),
              new HttpHeader("x-a", "2"),
              new HttpHeader("Content-Length", "4"));
      assertThat(call.header("X-a")).contains("1");
      assertThat(call.header("none")).isEmpty();
      assertThat(call.body()).isEqualTo(Bytes.hex("616200ff"));
      assertNoFailure();
    }
  }

  @Test
  void readsChunkedBodiesAndTargetsInAbsoluteForm() throws Exception {
    try (RawPeer peer = peerOf(call -> call.answerJson(200, call.body()))) {
      peer.send("POST http://host:1/p/q?x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
      peer.send("3\r\nabc\r\n1;ext=1\r\nd\r\n0\r\nTrailer: t\r\n\r\n");

      assertThat(peer.readAnswer()).endsWith("\r\n\r\nabcd");
      assertThat(nextCall().path()).isEqualTo("/p/q");
    }
  }

  @Test
  void invitesABodyThatWaitsForIt() throws Exception {
    try (RawPeer peer = peerOf(call -> call.answerJson(200, call.body()))) {
      peer.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(peer.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      assertThat(peer.send("hi").readAnswer()).endsWith("\r\n\r\nhi");
    }
  }

  @Test
  void servesManyCallsOnOneConnection() throws Exception {
    try (RawPeer peer = peerOf(call -> call.answer(200, List.of(), call.body()))) {
      for (int i = 0; i < 3; i++) {
        peer.send("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n" + i);
        assertThat(peer.readAnswer()).endsWith("\r\n\r\n" + i);
      }
      peer.send("HEAD / HTTP/1.1\r\n\r\n");
      assertThat(peer.readUntil("\r\n\r\n")).contains("Content-Length: 0");
      peer.send(GET + GET);
      assertThat(peer.readAnswer() + peer.readAnswer()).contains("200 OK");
      assertThat(calls).hasSize(6);
      assertNoFailure();
    }
  }

  @Test
  void closesWhenEitherSideSaysClose() throws Exception {
    try (RawPeer peer = peerOf(call -> call.answerJson(200, Bytes.utf8("1")))) {
      peer.send("GET / HTTP/1.1\r\nConnection: TE, Close\r\n\r\n");
      assertThat(peer.readToEnd()).endsWith("\r\n\r\n1");
    }
    server.close();
    HttpHeader close = new HttpHeader("Connection", "close");
    try (RawPeer peer = peerOf(call -> call.answer(204, List.of(close), Bytes.empty()))) {
      assertThat(peer.send(GET).readToEnd())
          .isEqualTo("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
      assertNoFailure();
    }
  }

  @Test
  void refusesWhatItCannotRead() throws Exception {
    peerOf(call -> call.answerJson(200, Bytes.empty())).close();
    assertRefused("GET / HTTP/1.0\r\n\r\n", 505);
    assertRefused("nonsense\r\n\r\n", 400);
    assertRefused("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400);
    assertRefused("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400);
    assertThat(calls).isEmpty();
    assertNoFailure();
  }

  private void assertRefused(String request, int status) throws IOException {
    try (RawPeer peer = new RawPeer(server.base())) {
      assertThat(peer.send(request).readAnswer()).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @Test
  void refusesABodyOverItsCap() throws Exception {
    try (RawPeer peer = peerOf(call -> call.answerJson(200, Bytes.empty()))) {
      peer.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2000000\r\n");
      peer.send("x".repeat(RequestReader.MAX_BODY_BYTES + 1));
      assertThat(peer.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 413 ");
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void resetsWithoutAnAnswer() throws Exception {
    try (RawPeer peer = peerOf(HostedCall::reset)) {
      peer.send(GET);
      assertThatThrownBy(peer::readToEnd).isInstanceOf(SocketException.class);
      assertNoFailure();
    }
  }

  @Test
  void closesInOrderWithoutAnAnswer() throws Exception {
    try (RawPeer peer = peerOf(HostedCall::closeSilently)) {
      assertThat(peer.send(GET).readToEnd()).isEmpty();
      assertNoFailure();
    }
  }

  @Test
  void sendsRawBytesAndCloses() throws Exception {
    String broken = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ntoo short";
    try (RawPeer peer = peerOf(call -> call.raw(Bytes.utf8(broken)))) {
      assertThat(peer.send(GET).readToEnd()).isEqualTo(broken);
      assertNoFailure();
    }
  }

  @Test
  void noticesThatThePeerIsGone() throws Exception {
    RawPeer peer = peerOf(call -> gone.add(call.awaitPeerGone(soon())));
    peer.send(GET);
    assertThat(nextCall()).isNotNull();
    peer.close();
    assertThat(gone.poll(5, TimeUnit.SECONDS)).isTrue();
    assertNoFailure();
  }

  @Test
  void saysThatThePeerStayedAndStillAnswers() throws Exception {
    HostHandler late =
        call -> {
          gone.add(call.awaitPeerGone(Deadline.in(SuiteClock.system(), Duration.ofMillis(20))));
          call.answerJson(200, Bytes.utf8("late"));
        };
    try (RawPeer peer = peerOf(late)) {
      assertThat(peer.send(GET).readAnswer()).endsWith("late");
      assertThat(peer.send(GET).readAnswer()).endsWith("late");
      assertThat(gone).containsExactly(false, false);
    }
  }

  @Test
  void resetFromAnotherThreadWakesTheHandler() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    HostHandler stuck =
        call -> {
          try {
            never.await();
          } catch (InterruptedException woken) {
            gone.add(true);
            throw new IllegalStateException("woken", woken);
          }
        };
    try (RawPeer peer = peerOf(stuck)) {
      peer.send(GET);
      nextCall().reset();
      assertThat(gone.poll(5, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(peer::readToEnd).isInstanceOf(SocketException.class);
      assertNoFailure();
    }
  }

  @Test
  void reportsAHandlerThatThrowsOrLeavesItsCallOpen() throws Exception {
    HostHandler wrong =
        call -> {
          if (call.path().equals("/throw")) {
            throw new IllegalArgumentException("wrong");
          }
        };
    try (RawPeer peer = peerOf(wrong)) {
      peer.send("GET /throw HTTP/1.1\r\n\r\n");
      assertThatThrownBy(peer::readToEnd).isInstanceOf(SocketException.class);
    }
    try (RawPeer peer = new RawPeer(server.base())) {
      peer.send(GET);
      assertThatThrownBy(peer::readToEnd).isInstanceOf(SocketException.class);
    }
    assertThat(server.failures())
        .hasExactlyElementsOfTypes(IllegalArgumentException.class, IllegalStateException.class);
  }

  @Test
  void reportsASecondAnswerButNoLossOfThePeer() throws Exception {
    HostHandler twice =
        call -> {
          call.answerJson(200, Bytes.empty());
          call.answerJson(200, Bytes.empty());
        };
    try (RawPeer peer = peerOf(twice)) {
      peer.send(GET);
      assertThat(peer.readUntil("\r\n\r\n")).contains("200 OK");
      assertThatThrownBy(peer::readToEnd).isInstanceOf(SocketException.class);
      assertThat(server.failures()).hasSize(1);
    }
    server.close();
    HostHandler broken =
        call -> {
          throw new IOException("the peer's");
        };
    try (RawPeer peer = peerOf(broken)) {
      peer.send(GET);
      assertThatThrownBy(peer::readToEnd).isInstanceOf(SocketException.class);
      assertNoFailure();
    }
  }

  @Test
  void resetsAndReportsAConnectionTooMany() throws Exception {
    server =
        HostServer.start("test", "127.0.0.1", 0, call -> call.answerJson(200, Bytes.empty()), 1);
    try (RawPeer first = new RawPeer(server.base())) {
      assertThat(first.send(GET).readAnswer()).contains("200 OK");
      try (RawPeer second = new RawPeer(server.base())) {
        assertThatThrownBy(second::readToEnd).isInstanceOf(SocketException.class);
      }
      assertThat(first.send(GET).readAnswer()).contains("200 OK");
    }
    assertThat(server.failures()).hasSize(1);
  }

  @Test
  void leavesTheNextCallOfAConnectionAloneOnceACallIsOver() throws Exception {
    try (RawPeer peer = peerOf(call -> call.answerJson(200, Bytes.empty()))) {
      peer.send(GET).readAnswer();
      HostedCall over = nextCall();
      // The connection reads the next request only after the first call has ended.
      peer.send(GET).readAnswer();
      over.reset();
      over.closeSilently();
      assertThat(over.awaitPeerGone(soon())).isFalse();
      assertThat(peer.send(GET).readAnswer()).contains("200 OK");
      assertThat(calls).hasSize(2);
      assertNoFailure();
    }
  }

  @Test
  void closeEndsListenerAndConnectionsAndFreesThePort() throws Exception {
    RawPeer peer = peerOf(call -> gone.add(call.awaitPeerGone(soon())));
    peer.send(GET);
    assertThat(nextCall()).isNotNull();
    server.close();
    assertThat(peer.readToEnd()).isEmpty();
    assertThat(gone.poll(5, TimeUnit.SECONDS)).isFalse();
    assertThatThrownBy(() -> new RawPeer(server.base())).isInstanceOf(ConnectException.class);
    assertNoFailure();

    int port = server.base().getPort();
    server = HostServer.start("again", "127.0.0.1", port, HostedCall::closeSilently);
    try (RawPeer again = new RawPeer(server.base())) {
      assertThat(again.send(GET).readToEnd()).isEmpty();
    }
    peer.close();
  }
}
