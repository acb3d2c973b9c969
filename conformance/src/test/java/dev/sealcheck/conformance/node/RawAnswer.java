package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.HttpHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An answer read from the socket itself, chunk by chunk as they were written. */
final class RawAnswer implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  final String statusLine;

  RawAnswer(HttpCall call) throws IOException {
    socket = new Socket(call.uri().getHost(), call.uri().getPort());
    socket.setSoTimeout(20_000);
    Bytes body = call.body().orElseThrow();
    StringBuilder head = new StringBuilder("POST " + call.uri().getPath() + " HTTP/1.1\r\n");
    for (HttpHeader line : call.headers()) {
      head.append(line.name()).append(": ").append(line.value()).append("\r\n");
    }
    head.append("Host: test\r\nConnection: close\r\nContent-Length: ").append(body.length());
    socket.getOutputStream().write(Bytes.concat(Bytes.utf8(head + "\r\n\r\n"), body).toArray());
    in = new BufferedInputStream(socket.getInputStream());
    statusLine = line();
    String header = line();
    while (!header.isEmpty()) {
      header = line();
    }
  }

  /** The chunks up to the last one. */
  List<String> chunks() throws IOException {
    List<String> chunks = new ArrayList<>();
    for (int size = size(); size > 0; size = size()) {
      chunks.add(new String(in.readNBytes(size), StandardCharsets.UTF_8));
      line();
    }
    return chunks;
  }

  /** Reads on to the end of the connection, however it ends, and counts. */
  long drain() throws IOException {
    byte[] some = new byte[64 << 10];
    long drained = 0;
    try {
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        drained += read;
      }
    } catch (SocketException reset) {
      return drained;
    }
    return drained;
  }

  private int size() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the answer ends in a line");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
