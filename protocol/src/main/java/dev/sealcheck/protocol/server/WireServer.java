package dev.sealcheck.protocol.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server that refuses in one order and one form: path, gate, method, and then what the
 * route itself finds; always with the error object of docs/PROTOCOL.md section 9.
 */
public final class WireServer implements AutoCloseable {

  private static final int FIRST_RELEASE_WITH_VIRTUAL_THREADS = 21;

  /** Without virtual threads each open stream holds one thread. */
  private static final int MAX_PLATFORM_THREADS = 2_500;

  /** How long connections that wait for a next request stay open at the stop. */
  private static final long IDLE_AT_STOP_MILLIS = 50;

  /** How long the last bytes of finished answers may take at the stop. */
  private static final long LAST_BYTES_MILLIS = 2_000;

  private final Javalin javalin;
  private final RunningRequests running = new RunningRequests();
  private final Duration stopTime;

  private WireServer(List<Route> routes, Door door, ServerLimits limits, RequestObserver observer) {
    this.stopTime = limits.stopTime();
    this.javalin = Javalin.create(config -> configure(config, routes, door, limits, observer));
  }

  /** Starts a server; port 0 takes any free one, which {@link #port} tells. */
  public static WireServer start(
      String host, int port, List<Route> routes, Route.Gate gate, ServerLimits limits) {
    return start(host, port, routes, gate, limits, RequestObserver.NONE);
  }

  /** Starts a server whose requests are observed. */
  public static WireServer start(
      String host,
      int port,
      List<Route> routes,
      Route.Gate gate,
      ServerLimits limits,
      RequestObserver observer) {
    return start(host, port, routes, new Door(routes, gate, false), limits, observer);
  }

  /** Starts a server that pages of any origin may call, docs/PROTOCOL.md section 9. */
  public static WireServer startForPages(
      String host,
      int port,
      List<Route> routes,
      Route.Gate gate,
      ServerLimits limits,
      RequestObserver observer) {
    return start(host, port, routes, new Door(routes, gate, true), limits, observer);
  }

  private static WireServer start(
      String host,
      int port,
      List<Route> routes,
      Door door,
      ServerLimits limits,
      RequestObserver observer) {
    WireServer server = new WireServer(routes, door, limits, observer);
    server.javalin.start(host, port);
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Takes no new requests, lets running ones finish within the limit, then stops. */
  @Override
  public void close() {
    running.stopAndWait(stopTime);
    for (Connector connector : javalin.jettyServer().server().getConnectors()) {
      if (connector instanceof AbstractConnector idle) {
        idle.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
      }
    }
    javalin.stop();
  }

  private void configure(
      JavalinConfig config,
      List<Route> routes,
      Door door,
      ServerLimits limits,
      RequestObserver observer) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.maxRequestSize = limits.maxBodyBytes();
    config.router.ignoreTrailingSlashes = false;
    if (Runtime.version().feature() >= FIRST_RELEASE_WITH_VIRTUAL_THREADS) {
      config.concurrency.useVirtualThreads = true;
    } else {
      config.jetty.threadPool = new QueuedThreadPool(MAX_PLATFORM_THREADS);
    }
    config.jetty.modifyServer(
        server -> {
          server.setStopTimeout(LAST_BYTES_MILLIS);
          server.setErrorHandler(new JsonErrorHandler());
        });
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setSendDateHeader(false);
        });
    config.jetty.modifyServletContextHandler(
        handler -> {
          handler.setErrorHandler(new JsonErrorHandler());
          handler.addFilter(new Observation(observer), "/*", EnumSet.of(DispatcherType.REQUEST));
        });
    config.routes.before(door::admit);
    for (Route route : routes) {
      Handler action =
          context -> {
            running.enter();
            try {
              route.action().answer(context);
            } finally {
              running.leave();
            }
          };
      config.routes.addHttpHandler(route.method(), route.path(), action);
      if (route.takes(HandlerType.HEAD)) {
        config.routes.addHttpHandler(HandlerType.HEAD, route.path(), action);
      }
    }
    Failures.handle(config);
  }
}
