package dev.sealcheck.conformance.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client of plain bytes, as ISO-8859-1 text; every read gives up after 5 s. */
final class RawPeer implements AutoCloseable {
  private static final int READ_LIMIT_MILLIS = 5_000;

  private final Socket socket;
  private final InputStream in;

  RawPeer(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(READ_LIMIT_MILLIS);
    in = socket.getInputStream();
  }

  RawPeer send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Reads up to and with {@code end}. */
  String readUntil(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(end)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the server closed after: " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  /** One answer with a length. */
  String readAnswer() throws IOException {
    String head = readUntil("\r\n\r\n");
    for (String line : head.toLowerCase(Locale.ROOT).split("\r\n", -1)) {
      if (line.startsWith("content-length: ")) {
        int length = Integer.parseInt(line.substring("content-length: ".length()));
        return head + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
      }
    }
    return head;
  }

  /** What one read of the socket gives: a write of the server, if reads keep up with writes. */
  String readOnce() throws IOException {
    byte[] some = new byte[1 << 16];
    int read = in.read(some);
    return new String(some, 0, Math.max(read, 0), StandardCharsets.ISO_8859_1);
  }

  /** All that is left until the server's FIN; a reset is an IOException. */
  String readToEnd() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
