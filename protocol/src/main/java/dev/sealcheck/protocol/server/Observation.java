package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ErrorCode;
import io.javalin.http.Context;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Stands around everything else that handles a request, so that its end is seen whatever happens.
 */
final class Observation implements Filter {

  private static final String PATH = "dev.sealcheck.path";
  private static final String OUTCOME = "dev.sealcheck.outcome";

  private final RequestObserver observer;
  private final Timekeeper time;

  Observation(RequestObserver observer, Timekeeper time) {
    this.observer = observer;
    this.time = time;
  }

  /** Notes that a route serves this request. */
  static void notePath(Context context, Route route) {
    context.attribute(PATH, route.path());
  }

  /** Notes how this request ends, unless it ends as it should. */
  static void noteOutcome(Context context, String outcome) {
    context.attribute(OUTCOME, outcome);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain rest)
      throws IOException, ServletException {
    observer.began();
    long startNanos = time.nanoTime();
    try {
      rest.doFilter(request, response);
    } finally {
      String path = (String) request.getAttribute(PATH);
      observer.ended(
          path == null ? RequestObserver.NO_PATH : path,
          outcome(request, (HttpServletResponse) response),
          time.nanoTime() - startNanos);
    }
  }

  private static String outcome(ServletRequest request, HttpServletResponse response) {
    String noted = (String) request.getAttribute(OUTCOME);
    if (noted != null) {
      return noted;
    }
    // A failure of the platform itself is answered past the place where outcomes are noted.
    return response.getStatus() >= ErrorCode.INTERNAL_ERROR.status()
        ? ErrorCode.INTERNAL_ERROR.name()
        : RequestObserver.OK;
  }
}
