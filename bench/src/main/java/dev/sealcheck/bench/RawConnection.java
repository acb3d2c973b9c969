package dev.sealcheck.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sealcheck.protocol.time.Timekeeper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;

/** A connection to the proxy that takes little at a time and is reset, not closed, at its end. */
final class RawConnection implements AutoCloseable {

  private static final int RECEIVE_BUFFER_BYTES = 4 * 1024;
  private static final int LIMIT_MILLIS = 40_000;
  private static final Duration AFTER_EVENT = Duration.ofMillis(5);
  private static final byte[] OK = "HTTP/1.1 200 ".getBytes(US_ASCII);
  private static final String END_OF_EVENT = "}\n\n";

  private final Socket socket = new Socket();
  private final Timekeeper time;

  RawConnection(URI proxy, Timekeeper time) throws IOException {
    this.time = time;
    // Before the connection is made, or the window is already offered.
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    socket.setSoTimeout(LIMIT_MILLIS);
    // A close then sends a reset.
    socket.setSoLinger(true, 0);
    socket.connect(new InetSocketAddress(proxy.getHost(), proxy.getPort()), LIMIT_MILLIS);
  }

  /** Sends a request whose body ends after {@code bodyBytes} of the bytes that its head names. */
  void send(Customer customer, SealedRequest sealed, byte[] body, int bodyBytes)
      throws IOException {
    String head =
        "POST "
            + sealed.path().path()
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + customer.token()
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] bytes = new byte[head.length() + bodyBytes];
    System.arraycopy(head.getBytes(US_ASCII), 0, bytes, 0, head.length());
    System.arraycopy(body, 0, bytes, head.length(), bodyBytes);
    socket.getOutputStream().write(bytes);
  }

  /** Whether the answer begins with status 200. */
  boolean isOk() throws IOException {
    byte[] start = socket.getInputStream().readNBytes(OK.length);
    return Arrays.equals(start, OK);
  }

  /** Reads one event and pauses; false where the stream ends first. */
  boolean readEvent() throws IOException, InterruptedException {
    InputStream input = socket.getInputStream();
    int matched = 0;
    while (matched < END_OF_EVENT.length()) {
      int next = input.read();
      if (next < 0) {
        return false;
      }
      if (next == END_OF_EVENT.charAt(matched)) {
        matched++;
      } else {
        // The first character of the end does not stand in it twice.
        matched = next == END_OF_EVENT.charAt(0) ? 1 : 0;
      }
    }
    time.pause(AFTER_EVENT);
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
