package dev.sealcheck.conformance.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port on which nobody listens and that nobody else gets: connections to it are refused, and a
 * server can take it again while it is held.
 */
final class HeldPort implements AutoCloseable {
  private final Socket bound;

  private HeldPort(Socket bound) {
    this.bound = bound;
  }

  static HeldPort hold(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      // With it, another socket that has it too can be bound and listen (Linux, BSD).
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return new HeldPort(socket);
    } catch (IOException taken) {
      socket.close();
      throw taken;
    }
  }

  @Override
  public void close() throws IOException {
    bound.close();
  }
}
