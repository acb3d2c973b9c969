package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection on which exactly those bytes go out that a check writes, when it writes them: for
 * slow, broken-off and contradictory requests. For one thread; {@link Messenger#connect} opens it.
 */
public final class RawConnection implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final Socket socket;
  private final PushbackInputStream in;
  private final OutputStream out;
  private final SuiteClock clock;
  private final Consumer<Exchange> record;
  private final long startNanos;

  private RawConnection(Socket socket, SuiteClock clock, Consumer<Exchange> record)
      throws IOException {
    this.socket = socket;
    this.in = new PushbackInputStream(socket.getInputStream(), 1);
    this.out = socket.getOutputStream();
    this.clock = clock;
    this.record = record;
    this.startNanos = clock.nanoTime();
  }

  /**
   * Connects, with TLS where the address is https.
   *
   * @throws CheckFailed if nobody takes the connection
   */
  static RawConnection open(URI uri, SuiteClock clock, Consumer<Exchange> record) {
    boolean tls = "https".equals(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(CONNECT_TIMEOUT_MILLIS);
      plain.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_TIMEOUT_MILLIS);
      return new RawConnection(tls ? secured(plain, uri.getHost(), port) : plain, clock, record);
    } catch (IOException refused) {
      quietly(plain);
      throw new CheckFailed("a connection to the target", NetworkFailure.of(refused).message());
    }
  }

  private static Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /** Sends the bytes; false where the other side has gone, and what it said can still be read. */
  public boolean write(Bytes bytes) {
    try {
      out.write(bytes.toArray());
      out.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  /** Says that nothing more will be sent; what comes back can still be read. */
  public void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException gone) {
      // The other side was quicker; the next read sees that.
      return;
    }
  }

  /** Waits that long; false as soon as bytes, or the end of the connection, have come. */
  public boolean isQuietFor(Duration time) {
    try {
      socket.setSoTimeout((int) Math.max(1, time.toMillis()));
      int next = in.read();
      if (next >= 0) {
        in.unread(next);
      }
      return false;
    } catch (SocketTimeoutException quiet) {
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  /**
   * The next answer on the connection; where it ends or breaks before one, an exchange that failed.
   *
   * @param about what the answer is to, for the record
   * @throws dev.sealcheck.conformance.verdict.Hung if none has come at the deadline
   */
  public Exchange answer(HttpCall about, Deadline deadline) {
    Optional<HttpAnswer> answer = Optional.empty();
    Optional<ExchangeFailure> failure = Optional.empty();
    try {
      answer = Optional.of(new RawAnswer(() -> next(deadline)).read());
    } catch (IOException ended) {
      failure = Optional.of(NetworkFailure.of(ended));
    }
    Exchange exchange =
        new Exchange(
            about.withoutToken(),
            answer,
            failure,
            startNanos,
            answer.isPresent() ? OptionalLong.of(clock.nanoTime()) : OptionalLong.empty(),
            clock.nanoTime());
    record.accept(exchange);
    return exchange;
  }

  private int next(Deadline deadline) throws IOException {
    while (true) {
      Duration left = deadline.remaining("an answer on a connection of the check's own");
      socket.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, left.toMillis())));
      try {
        return in.read();
      } catch (SocketTimeoutException notYet) {
        // The loop asks the suite's clock whether that was the end.
      }
    }
  }

  /** Breaks the connection off: the other side sees a reset. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException gone) {
      // There is nothing left to reset.
      return;
    } finally {
      quietly(socket);
    }
  }

  /** Closes the connection. */
  @Override
  public void close() {
    quietly(socket);
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
      return;
    }
  }
}
