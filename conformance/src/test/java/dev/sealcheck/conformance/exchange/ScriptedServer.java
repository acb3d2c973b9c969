package dev.sealcheck.conformance.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a free loopback port whose every connection runs one script; it keeps requests. */
final class ScriptedServer implements AutoCloseable {
  /** What to do on one connection. */
  interface Script {
    void run(Connection connection) throws Exception;
  }

  private final ServerSocket listening;
  private final Script script;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final List<Throwable> broken = new CopyOnWriteArrayList<>();

  ScriptedServer(Script script) throws IOException {
    this.script = script;
    this.listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** A server that answers every request of a connection with the same bytes. */
  static ScriptedServer answering(String answer) throws IOException {
    return new ScriptedServer(
        connection -> {
          while (connection.readRequest()) {
            connection.write(answer);
          }
        });
  }

  URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + pathAndQuery);
  }

  /** The requests so far, head and body as ISO-8859-1. */
  List<String> requests() {
    return requests;
  }

  /** How many connections were made. */
  int connections() {
    return sockets.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
      broken.add(closed);
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.run(new Connection(socket));
    } catch (Exception ended) {
      broken.add(ended);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** One connection as the script sees it. */
  final class Connection {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
    }

    /** Reads head and body by Content-Length; false at the end of the connection. */
    boolean readRequest() throws IOException {
      StringBuilder text = new StringBuilder();
      while (!text.toString().endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          return false;
        }
        text.append((char) next);
      }
      for (String line : text.toString().split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          int length = Integer.parseInt(line.substring(15).strip());
          text.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
        }
      }
      requests.add(text.toString());
      return true;
    }

    /** Reads that many bytes of whatever the client sends. */
    void skip(int bytes) throws IOException {
      in.skipNBytes(bytes);
    }

    /** Reads until the client's end; true if it came (a reset counts). */
    boolean awaitClientGone() {
      try {
        return in.read() < 0;
      } catch (IOException reset) {
        return true;
      }
    }

    void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void writeChunk(String text) throws IOException {
      write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    /** Closes with a reset instead of an orderly end. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
