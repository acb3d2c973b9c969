package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.target.CheckRecord;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What may become of a node's failure on its way through the proxy (docs/PROTOCOL.md section 9).
 *
 * @param words for the report, for instance "a status of 5xx"
 * @param allowed the statuses that the requirement takes
 * @param table what the protocol's table says: a status and a code each; anything else that is
 *     allowed is a WARN
 */
public record Passage(String words, IntPredicate allowed, List<String> table) {

  private static final int ERROR = 400;
  private static final int SERVER_ERROR = 500;
  private static final int UNAUTHENTICATED = 401;

  /** An inference that failed: exactly the published status. */
  public static final Passage FAILED =
      new Passage("status 500", status -> status == SERVER_ERROR, List.of("500 INTERNAL_ERROR"));

  /** The server's fault, whichever. */
  public static final Passage SERVER_FAULT =
      new Passage(
          "a status of 5xx", status -> status >= SERVER_ERROR, List.of("500 INTERNAL_ERROR"));

  /** A node that cannot be reached or does not answer. */
  public static final Passage GONE =
      new Passage(
          "status 500, 502 or 504",
          List.of(500, 502, 504)::contains,
          List.of("500 INTERNAL_ERROR", "502 NODE_UNAVAILABLE", "504 NODE_TIMEOUT"));

  /** A node that took the request and broke off. */
  public static final Passage BROKEN =
      new Passage(
          "status 500 or 502",
          List.of(500, 502)::contains,
          List.of("500 INTERNAL_ERROR", "502 NODE_UNAVAILABLE"));

  /** What the proxy itself must be blamed for, never the client's token. */
  public static final Passage NOT_UNAUTHENTICATED =
      new Passage(
          "another error than 401",
          status -> status != UNAUTHENTICATED,
          List.of("500 INTERNAL_ERROR"));

  /** Copies the list. */
  public Passage {
    table = List.copyOf(table);
  }

  /** The client's fault, of which the table says this. */
  public static Passage clientFault(String... table) {
    return new Passage(
        "a status of 4xx that is not 401",
        status -> status < SERVER_ERROR && status != UNAUTHENTICATED,
        List.of(table));
  }

  /** Exactly that status. */
  public static Passage exactly(int status, String... table) {
    return new Passage("status " + status, other -> other == status, List.of(table));
  }

  /** A refusal with any status, of which the table says this. */
  public static Passage refusal(String... table) {
    return new Passage("an error", status -> true, List.of(table));
  }

  /**
   * Judges what the client got.
   *
   * @param what was tried, in words for the report
   * @throws CheckFailed if it is no error with the error object, or not of an allowed status
   */
  public void judge(String what, Exchange exchange, CheckRecord check) {
    String expected =
        what + " to reach the client as " + words + " (" + String.join(" or ", table) + ")";
    if (!exchange.isAnswered()) {
      throw new CheckFailed(expected, exchange.outcome());
    }
    int seen = exchange.status();
    if (seen < ERROR) {
      throw new CheckFailed(expected, "status " + seen);
    }
    String code = Refusal.errorCode(expected, exchange);
    if (!allowed.test(seen)) {
      throw new CheckFailed(expected, "status " + seen + " " + code);
    }
    if (!table.contains(seen + " " + code)) {
      check.warn(expected, "status " + seen + " " + code);
    }
  }
}
