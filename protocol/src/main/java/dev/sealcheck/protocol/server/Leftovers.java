package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.time.Timekeeper;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in, after a refusal that came before the end of the body, a bounded rest of it: a
 * connection that is closed with bytes unread is reset, and a reset can overtake the refusal. The
 * answer is out before anything more is read.
 */
final class Leftovers implements Filter {

  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

  /** What may be taken of a body, the part before the refusal included, beyond the cap. */
  private static final long EXCESS_BYTES = 1024 * 1024;

  /** What one read can bring and the platform can hold unseen, so that the sum stays below. */
  private static final long SLACK_BYTES = 32 * 1024;

  /** Long enough for an ordinary caller, short enough to hold a thread for. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Timekeeper time;
  private final long maxBytes;

  /** Takes less than {@code maxBodyBytes} and 1 MiB of a body in all. */
  Leftovers(Timekeeper time, int maxBodyBytes) {
    this.time = time;
    this.maxBytes = maxBodyBytes + EXCESS_BYTES - SLACK_BYTES;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain rest)
      throws IOException, ServletException {
    rest.doFilter(request, response);
    Request body = ServletContextRequest.getServletContextRequest(request);
    if (TimedBody.isLate(request) || isOver(body)) {
      return;
    }
    boolean unasked = Request.getContentBytesRead(body) == 0;
    if (unasked && ((HttpServletRequest) request).getHeader("Expect") != null) {
      // Such a caller sends nothing before it is told to, and it was told something else.
      return;
    }
    response.getOutputStream().close();
    try (TimedBody left = new TimedBody(request, time, PATIENCE)) {
      long taken = Request.getContentBytesRead(body);
      while (taken < maxBytes) {
        int count = left.next(OutputStream.nullOutputStream());
        if (count < 0) {
          return;
        }
        taken += count;
      }
    } catch (IOException | TimeoutException cut) {
      log.atDebug().addKeyValue("kind", cut.getClass().getSimpleName()).log("rest not taken");
    }
  }

  /** Looks without waiting; what it finds counts as taken. */
  private static boolean isOver(Request body) {
    Content.Chunk chunk = body.read();
    if (chunk == null) {
      return false;
    }
    chunk.release();
    return chunk.isLast() || Content.Chunk.isFailure(chunk);
  }
}
