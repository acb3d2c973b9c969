package dev.sealcheck.node.engine;

import java.net.http.HttpResponse;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an HTTP status of an engine means to the node's client. The body of a refusal can quote the
 * prompt, so it is not even read.
 */
final class EngineRefusal {

  private static final Logger log = LoggerFactory.getLogger(EngineRefusal.class);

  /** Where a full engine names no wait. */
  static final int DEFAULT_RETRY_AFTER_SECONDS = 1;

  /** The longest wait that is passed on. */
  static final int MAX_RETRY_AFTER_SECONDS = 300;

  private static final int MOST_DIGITS = 9;

  private EngineRefusal() {}

  /**
   * Returns where the engine has agreed to answer.
   *
   * @throws EngineException if the status is not 2xx
   */
  static void check(HttpResponse<?> head) throws EngineException {
    int status = head.statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    log.atWarn()
        .addKeyValue("status", status)
        .addKeyValue("answer_bytes", digits(head, "Content-Length").orElse(-1))
        .log("engine refused");
    throw switch (status) {
      case 400, 404, 413, 422 ->
          EngineException.invalidRequest("the engine answered with status " + status);
      case 429, 503 -> EngineException.full(OptionalInt.of(retryAfterSeconds(head)));
      default -> EngineException.failed("the engine answered with status " + status);
    };
  }

  // The form with a date is as good as none: clocks of two machines differ by more than the wait.
  private static int retryAfterSeconds(HttpResponse<?> head) {
    int seconds = digits(head, "Retry-After").orElse(DEFAULT_RETRY_AFTER_SECONDS);
    return Math.min(Math.max(seconds, DEFAULT_RETRY_AFTER_SECONDS), MAX_RETRY_AFTER_SECONDS);
  }

  /** The number in a header, or the largest there is where it is longer than an {@code int}. */
  private static OptionalInt digits(HttpResponse<?> head, String name) {
    String value = head.headers().firstValue(name).orElse("").strip();
    if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        value.length() > MOST_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(value));
  }
}
