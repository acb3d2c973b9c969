package dev.sealcheck.conformance.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that the suite plays: HTTP/1.1, plain, every call handed to one handler on its
 * connection's own thread. Requests of another version get 505, such that cannot be read 400, a
 * body over 16 MiB 413; all else is the handler's.
 */
public final class HostServer implements AutoCloseable {
  /** Room for the 1,000 connections that a check opens at most, and some. */
  private static final int MAX_CONNECTIONS = 1_100;

  private static final int BACKLOG = 1_024;
  private static final int MAX_FAILURES = 100;
  private static final int MAX_ACCEPT_FAILURES = 10;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final String name;
  private final URI base;
  private final ServerSocket listener;
  private final HostHandler handler;
  private final int maxConnections;
  private final Set<HostConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final List<Throwable> failures = new ArrayList<>();
  private final CountDownLatch acceptEnded = new CountDownLatch(1);
  private volatile boolean closing;

  private HostServer(
      String name, URI base, ServerSocket listener, HostHandler handler, int maxConnections) {
    this.name = name;
    this.base = base;
    this.listener = listener;
    this.handler = handler;
    this.maxConnections = maxConnections;
  }

  /**
   * Listens and serves until it is closed.
   *
   * @param name of its threads
   * @param host the address to listen on, normally 127.0.0.1
   * @param port 0 for any free one
   * @throws IOException if it cannot listen there
   * @throws IllegalArgumentException if host or port cannot be one
   */
  public static HostServer start(String name, String host, int port, HostHandler handler)
      throws IOException {
    return start(name, host, port, handler, MAX_CONNECTIONS);
  }

  /** The same with another bound of connections, of which one more is reset. */
  static HostServer start(
      String name, String host, int port, HostHandler handler, int maxConnections)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      // The port can be taken again at once after a server on it was closed.
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(host, port), BACKLOG);
      String authority = host.contains(":") ? "[" + host + "]" : host;
      URI base = URI.create("http://" + authority + ":" + listener.getLocalPort());
      HostServer server = new HostServer(name, base, listener, handler, maxConnections);
      ConnectionThreads.start(name + "-accept", server::accept);
      return server;
    } catch (IOException | RuntimeException broken) {
      listener.close();
      throw broken;
    }
  }

  /** Where it is reached: scheme, host and port, without a path. */
  public URI base() {
    return base;
  }

  /**
   * What went wrong in the suite itself, oldest first, 100 at most: handlers that threw anything
   * but the peer's I/O or left a call open, and too many connections.
   */
  public List<Throwable> failures() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }

  /** Stops listening, closes every connection and wakes their handlers. */
  @Override
  public void close() {
    closing = true;
    try {
      listener.close();
    } catch (IOException broken) {
      fail(broken);
    }
    awaitAcceptEnd();
    connections.forEach(HostConnection::close);
  }

  /** Until the accepting thread has left the kernel, the system still takes connections. */
  private void awaitAcceptEnd() {
    try {
      if (!acceptEnded.await(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        fail(new IllegalStateException("the listener did not end within " + CLOSE_LIMIT));
      }
    } catch (InterruptedException stopped) {
      // The listener is closed in any case; the caller's thread goes on to its own end.
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    try {
      acceptAll();
    } finally {
      acceptEnded.countDown();
    }
  }

  private void acceptAll() {
    int failed = 0;
    while (!closing && failed < MAX_ACCEPT_FAILURES) {
      try {
        admit(listener.accept());
        failed = 0;
      } catch (IOException broken) {
        failed++;
        if (!closing) {
          fail(broken);
        }
      }
    }
  }

  private void admit(Socket socket) {
    HostConnection connection;
    try {
      PeerSocket peer = new PeerSocket(socket);
      if (open.incrementAndGet() > maxConnections) {
        open.decrementAndGet();
        peer.reset();
        fail(new IllegalStateException("more than " + maxConnections + " connections"));
        return;
      }
      connection = new HostConnection(peer, handler, this::fail);
    } catch (IOException peerLeft) {
      closeQuietly(socket);
      return;
    }
    connections.add(connection);
    ConnectionThreads.start(name + "-connection", () -> serve(connection));
    if (closing) {
      connection.close();
    }
  }

  private void serve(HostConnection connection) {
    try {
      connection.run();
    } finally {
      connections.remove(connection);
      open.decrementAndGet();
    }
  }

  private void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException broken) {
      fail(broken);
    }
  }

  private void fail(Throwable failure) {
    synchronized (failures) {
      if (failures.size() < MAX_FAILURES) {
        failures.add(failure);
      }
    }
  }
}
