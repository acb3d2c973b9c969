package dev.sealcheck.protocol.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Speaks HTTP byte by byte, where the JDK's client is too well-behaved. */
final class RawHttp {

  private RawHttp() {}

  /** Opens a connection and sends this text. */
  static Socket send(int port, String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return socket;
  }

  /** Everything that comes back until the server closes. */
  static String exchange(int port, String request) throws IOException {
    try (Socket socket = send(port, request)) {
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
