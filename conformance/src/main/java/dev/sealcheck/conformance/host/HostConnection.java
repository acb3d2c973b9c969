package dev.sealcheck.conformance.host;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpHeader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Serves the calls of one connection, one after another, on one thread. */
final class HostConnection implements Runnable {
  private final PeerSocket socket;
  private final HostHandler handler;
  private final Consumer<Throwable> failures;
  private volatile Thread worker;
  private volatile boolean cut;

  HostConnection(PeerSocket socket, HostHandler handler, Consumer<Throwable> failures) {
    this.socket = socket;
    this.handler = handler;
    this.failures = failures;
  }

  @Override
  public void run() {
    worker = Thread.currentThread();
    try {
      RequestReader reader = socket.reader();
      boolean more = true;
      while (more && !cut) {
        socket.readyToRead();
        Optional<HostedRequest> request = reader.next();
        more = request.isPresent() && serve(request.get());
      }
      socket.close();
    } catch (RequestReader.Unreadable unreadable) {
      refuse(unreadable.status());
    } catch (IOException peersDoing) {
      // The peer left, or sent what breaks off: what it did is seen in what its calls lack.
      socket.reset();
    } finally {
      // Calls are kept by those who judge them; the thread need not be.
      worker = null;
    }
  }

  private boolean serve(HostedRequest request) {
    HostedCall call = new HostedCall(request, socket, this::cut);
    try {
      handler.handle(call);
      if (!call.isServed()) {
        throw new IllegalStateException("the handler left a call open: " + call);
      }
      return call.isReusable() || closed();
    } catch (IOException peersDoing) {
      socket.reset();
      return false;
    } catch (Throwable suiteIsWrong) {
      // After a cut the handler's thread was interrupted, which it may report in any way.
      if (!cut) {
        failures.accept(suiteIsWrong);
      }
      socket.reset();
      return false;
    } finally {
      call.finish();
    }
  }

  private boolean closed() {
    socket.close();
    return false;
  }

  private void refuse(int status) {
    try {
      List<HttpHeader> headers = List.of(new HttpHeader("Connection", "close"));
      socket.write(AnswerBytes.whole(status, headers, Bytes.empty(), false));
      socket.close();
    } catch (IOException peerLeft) {
      socket.reset();
    }
  }

  /** Resets the connection and wakes its handler, from any thread. */
  void cut() {
    Thread serving = worker;
    if (serving != null && !serving.equals(Thread.currentThread())) {
      cut = true;
      socket.reset();
      serving.interrupt();
    } else {
      socket.reset();
    }
  }

  /** Closes the connection in order and wakes its handler, from any thread. */
  void close() {
    cut = true;
    socket.close();
    Thread serving = worker;
    if (serving != null) {
      serving.interrupt();
    }
  }
}
