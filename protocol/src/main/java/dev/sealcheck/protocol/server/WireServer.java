package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.time.Timekeeper;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.Key;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server that refuses in one order and one form: path, gate, method, and then what the
 * route itself finds; always with the error object of docs/PROTOCOL.md section 9.
 */
public final class WireServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WireServer.class);

  private static final int FIRST_RELEASE_WITH_VIRTUAL_THREADS = 21;

  /** Without virtual threads each open stream holds one thread. */
  private static final int MAX_PLATFORM_THREADS = 2_500;

  /** How long connections that wait for a next request stay open at the stop. */
  private static final long IDLE_AT_STOP_MILLIS = 50;

  /** How long the last bytes of finished answers may take at the stop. */
  private static final long LAST_BYTES_MILLIS = 2_000;

  private static final Key<Timekeeper> TIME = new Key<>("time");
  private static final Key<Executor> WRITERS = new Key<>("writers");

  private final Javalin javalin;
  private final ExecutorService writers = Executors.newCachedThreadPool(WireServer::writer);
  private final RunningRequests running = new RunningRequests();
  private final Duration stopTime;

  private WireServer(
      List<Route> routes,
      Door door,
      ServerLimits limits,
      Timekeeper time,
      RequestObserver observer) {
    this.stopTime = limits.stopTime();
    this.javalin =
        Javalin.create(config -> configure(config, routes, door, limits, time, observer));
  }

  /** Starts a server; port 0 takes any free one, which {@link #port} tells. */
  public static WireServer start(
      String host,
      int port,
      List<Route> routes,
      Route.Gate gate,
      ServerLimits limits,
      Timekeeper time) {
    return start(host, port, routes, gate, limits, time, RequestObserver.NONE);
  }

  /** Starts a server whose requests are observed. */
  public static WireServer start(
      String host,
      int port,
      List<Route> routes,
      Route.Gate gate,
      ServerLimits limits,
      Timekeeper time,
      RequestObserver observer) {
    return start(host, port, routes, new Door(routes, gate, false), limits, time, observer);
  }

  /** Starts a server that pages of any origin may call, docs/PROTOCOL.md section 9. */
  public static WireServer startForPages(
      String host,
      int port,
      List<Route> routes,
      Route.Gate gate,
      ServerLimits limits,
      Timekeeper time,
      RequestObserver observer) {
    return start(host, port, routes, new Door(routes, gate, true), limits, time, observer);
  }

  private static WireServer start(
      String host,
      int port,
      List<Route> routes,
      Door door,
      ServerLimits limits,
      Timekeeper time,
      RequestObserver observer) {
    WireServer server = new WireServer(routes, door, limits, time, observer);
    server.javalin.start(host, port);
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /**
   * Takes no new requests, lets running ones finish within the limit, cuts those that do not, then
   * stops.
   */
  @Override
  public void close() {
    running.stopAndWait(stopTime, Duration.ofMillis(LAST_BYTES_MILLIS));
    for (Connector connector : javalin.jettyServer().server().getConnectors()) {
      if (connector instanceof AbstractConnector idle) {
        idle.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
      }
    }
    try {
      javalin.stop();
    } catch (JavalinException unfinished) {
      // It has stopped all the same; what did not end in time was cut.
      log.atWarn().addKeyValue("kind", unfinished.getClass().getName()).log("stopped late");
    } finally {
      writers.shutdown();
    }
  }

  /**
   * Whether this request was cut because the server stops. Its connection is closed then, which
   * looks as if the caller had left.
   */
  public static boolean isCut(Context context) {
    return RunningRequests.isCut(context);
  }

  /** The clock of the server that serves this request. */
  static Timekeeper time(Context context) {
    return context.appData(TIME);
  }

  /** Runs, for the server that serves this request, what may block on a slow reader. */
  static Executor writers(Context context) {
    return context.appData(WRITERS);
  }

  private static Thread writer(Runnable task) {
    Thread thread = new Thread(task, "keep-alive");
    thread.setDaemon(true);
    return thread;
  }

  private void configure(
      JavalinConfig config,
      List<Route> routes,
      Door door,
      ServerLimits limits,
      Timekeeper time,
      RequestObserver observer) {
    config.appData(TIME, time);
    config.appData(WRITERS, writers);
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
          // Jetty keeps the fields of a connection's earlier requests and would take one that
          // differs in case for the same: another token, or another base64 signature.
          http.setHeaderCacheCaseSensitive(true);
        });
    config.jetty.modifyServletContextHandler(
        handler -> {
          handler.setErrorHandler(new JsonErrorHandler());
          EnumSet<DispatcherType> requests = EnumSet.of(DispatcherType.REQUEST);
          handler.addFilter(new Leftovers(time, limits.maxBodyBytes()), "/*", requests);
          handler.addFilter(new Observation(observer, time), "/*", requests);
        });
    config.routes.before(door::admit);
    for (Route route : routes) {
      Handler action =
          context -> {
            RunningRequests.Running entered = running.enter(context);
            try {
              route.action().answer(context);
            } finally {
              entered.leave();
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
