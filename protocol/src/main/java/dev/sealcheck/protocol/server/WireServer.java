package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
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

  private final Map<String, Route> routes;
  private final Route.Gate gate;
  private final Javalin javalin;
  private final RunningRequests running = new RunningRequests();
  private final Duration stopTime;

  private WireServer(List<Route> routes, Route.Gate gate, ServerLimits limits) {
    this.routes = routes.stream().collect(Collectors.toMap(Route::path, Function.identity()));
    this.gate = gate;
    this.stopTime = limits.stopTime();
    this.javalin = Javalin.create(config -> configure(config, limits));
  }

  /** Starts a server; port 0 takes any free one, which {@link #port} tells. */
  public static WireServer start(
      String host, int port, List<Route> routes, Route.Gate gate, ServerLimits limits) {
    WireServer server = new WireServer(routes, gate, limits);
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

  private void configure(JavalinConfig config, ServerLimits limits) {
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
        handler -> handler.setErrorHandler(new JsonErrorHandler()));
    config.routes.before(this::admit);
    for (Route route : routes.values()) {
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
    config.routes.exception(RefusedException.class, WireServer::refuse);
    config.routes.exception(AbortedException.class, WireServer::abort);
    config.routes.exception(IOException.class, WireServer::loseCaller);
    config.routes.exception(Exception.class, WireServer::fail);
  }

  private void admit(Context context) throws RefusedException {
    Route route = routes.get(context.path());
    if (route == null) {
      throw new RefusedException(ErrorCode.NOT_FOUND);
    }
    if (route.guarded()) {
      gate.admit(context);
    }
    HandlerType asked = context.method();
    if (!route.takes(asked)) {
      context.header("Allow", route.allow());
      throw new RefusedException(ErrorCode.METHOD_NOT_ALLOWED);
    }
  }

  private static void refuse(RefusedException refusal, Context context) {
    refusal
        .retryAfterSeconds()
        .ifPresent(seconds -> context.header("Retry-After", Integer.toString(seconds)));
    write(refusal.code(), context);
  }

  private static void write(ErrorCode code, Context context) {
    if (context.res().isCommitted()) {
      cut(context, code.name());
      return;
    }
    Json.answer(context, code.status(), code.body());
  }

  private static void abort(AbortedException abort, Context context) {
    log.atInfo().addKeyValue("reason", abort.getMessage()).log("answer cut");
    cut(context, abort.getMessage());
  }

  private static void loseCaller(IOException lost, Context context) {
    log.atDebug().addKeyValue("kind", lost.getClass().getSimpleName()).log("caller lost");
    cut(context, "caller lost");
  }

  private static void fail(Exception failure, Context context) {
    // The message of an unforeseen exception may quote the input, so only its place is logged.
    log.atError()
        .addKeyValue("kind", failure.getClass().getName())
        .addKeyValue("at", failure.getStackTrace().length == 0 ? "" : failure.getStackTrace()[0])
        .log("request failed");
    write(ErrorCode.INTERNAL_ERROR, context);
  }

  private static void cut(Context context, String reason) {
    // Closing under the response leaves a body without its end, which every client can tell.
    ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(new IOException(reason));
  }
}
