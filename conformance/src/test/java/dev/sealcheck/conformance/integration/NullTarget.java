package dev.sealcheck.conformance.integration;

import dev.sealcheck.conformance.client.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** A server on a free loopback port that implements nothing: one fixed reaction to everything. */
final class NullTarget implements AutoCloseable {

  /** What becomes of a connection. */
  interface Reaction {

    /** Called with each new connection, which is closed afterwards. */
    void to(Socket connection) throws IOException;
  }

  /** What is answered to a request. */
  interface Answers {

    /**
     * The bytes of the whole answer.
     *
     * @param requestLine method, path and version
     */
    Bytes to(String requestLine, Bytes body);
  }

  private static final int BACKLOG = 256;

  private final ServerSocket listening;
  private final Reaction reaction;

  NullTarget(Reaction reaction) throws IOException {
    this.reaction = reaction;
    this.listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** A target that reads each request and answers. */
  static NullTarget answering(Answers answers) throws IOException {
    return new NullTarget(
        connection -> {
          Optional<Bytes> answer = read(connection.getInputStream(), answers);
          if (answer.isPresent()) {
            OutputStream out = connection.getOutputStream();
            out.write(answer.get().toArray());
            out.flush();
            connection.shutdownOutput();
          }
        });
  }

  /** The bytes of an answer after which the connection ends. */
  static Bytes answer(int status, String mediaType, Bytes body) {
    String head =
        "HTTP/1.1 %d Reason\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, mediaType, body.length());
    return Bytes.concat(Bytes.utf8(head), body);
  }

  /** Reads a whole request and closes without an answer. */
  static NullTarget readingOnly() throws IOException {
    return new NullTarget(
        connection -> read(connection.getInputStream(), (line, body) -> Bytes.empty()));
  }

  /** Where to find it. */
  URI address() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** The answer to the request that comes; empty where the client goes before its end. */
  private static Optional<Bytes> read(InputStream in, Answers answers) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      head.append((char) next);
    }
    int length = 0;
    for (String line : head.toString().split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    Bytes body = Bytes.owning(in.readNBytes(length));
    return Optional.of(answers.to(head.substring(0, head.indexOf("\r\n")), body));
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        daemon(() -> serve(connection));
      } catch (IOException failed) {
        if (!listening.isClosed()) {
          throw new UncheckedIOException(failed);
        }
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      reaction.to(connection);
    } catch (IOException gone) {
      // The client has left, which is its right; the suite records what it saw.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "null-target");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
