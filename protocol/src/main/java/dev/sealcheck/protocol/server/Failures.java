package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a request that does not end in its answer: an error object, or a cut. */
final class Failures {

  private static final Logger log = LoggerFactory.getLogger(WireServer.class);

  private Failures() {}

  static void handle(JavalinConfig config) {
    config.routes.exception(RefusedException.class, Failures::refuse);
    config.routes.exception(AbortedException.class, Failures::abort);
    config.routes.exception(IOException.class, Failures::loseCaller);
    config.routes.exception(InterruptedException.class, Failures::stop);
    config.routes.exception(Exception.class, Failures::fail);
    config.router.javaLangErrorHandler(Failures::failHard);
  }

  private static void refuse(RefusedException refusal, Context context) {
    refusal
        .retryAfterSeconds()
        .ifPresent(seconds -> context.header("Retry-After", Integer.toString(seconds)));
    write(refusal.code(), context);
  }

  private static void abort(AbortedException abort, Context context) {
    log.atInfo().addKeyValue("reason", abort.getMessage()).log("answer cut");
    Observation.noteOutcome(context, RequestObserver.CUT);
    cut(context, abort.getMessage());
  }

  private static void loseCaller(IOException lost, Context context) {
    log.atDebug().addKeyValue("kind", lost.getClass().getSimpleName()).log("caller lost");
    Observation.noteOutcome(context, RequestObserver.CALLER_LOST);
    cut(context, "caller lost");
  }

  /** Requests are interrupted where the server stops and cannot wait for them any longer. */
  private static void stop(InterruptedException stopping, Context context) {
    abort(new AbortedException("the server stops"), context);
  }

  private static void fail(Exception failure, Context context) {
    note(failure);
    write(ErrorCode.INTERNAL_ERROR, context);
  }

  private static void failHard(HttpServletResponse response, Error error) {
    note(error);
    if (response.isCommitted()) {
      return;
    }
    try {
      response.setStatus(ErrorCode.INTERNAL_ERROR.status());
      response.setContentType("application/json");
      response.getOutputStream().write(ErrorCode.INTERNAL_ERROR.body());
    } catch (IOException gone) {
      log.atDebug().addKeyValue("kind", gone.getClass().getSimpleName()).log("caller lost");
    }
  }

  /** The message of an unforeseen failure may quote the input, so only its place is logged. */
  private static void note(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    log.atError()
        .addKeyValue("kind", failure.getClass().getName())
        .addKeyValue("at", trace.length == 0 ? "" : trace[0])
        .log("request failed");
  }

  private static void write(ErrorCode code, Context context) {
    if (context.res().isCommitted()) {
      Observation.noteOutcome(context, RequestObserver.CUT);
      cut(context, code.name());
      return;
    }
    Observation.noteOutcome(context, code.name());
    Json.answer(context, code.status(), code.body());
  }

  /** Closing under the response leaves a body without its end, which every client can tell. */
  static void cut(Context context, String reason) {
    ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(new IOException(reason));
  }
}
