package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.target.CheckRecord;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.Arrays;
import java.util.List;

/**
 * The ways to refuse, docs/PROTOCOL.md section 9, and the one rule by which every target's refusals
 * are judged: a published status must be met; any other refusal must be no success and carry the
 * error object; another status or code than the table's is a WARN.
 */
public enum Refusal {
  INVALID_BODY("an invalid body", 400, true, "INVALID_BODY or REQUEST_ERROR"),
  UNUSABLE_BODY("an unusable body", 400, false, "INVALID_BODY or REQUEST_ERROR"),
  UNDECRYPTABLE("undecryptable", 400, false, "UNDECRYPTABLE"),
  STALE_NODE_KEY("sealed to a stale key", 409, false, "STALE_NODE_KEY"),
  UNAUTHENTICATED("unauthenticated", 401, true, "AUTH_ERROR"),
  NOT_FOUND("an unknown path", 404, false, "NOT_FOUND"),
  WRONG_METHOD("a wrong method", 405, false, "METHOD_NOT_ALLOWED"),
  TOO_LARGE("too large", 413, false, "BODY_TOO_LARGE"),
  WRONG_MEDIA_TYPE("a wrong media type", 415, false, "UNSUPPORTED_MEDIA_TYPE"),
  REPLAYED("a replay", 409, false, "REPLAYED_REQUEST"),
  TOO_MANY("too many requests", 429, false, "TOO_MANY_REQUESTS"),
  FAILED_INFERENCE("a failed inference", 500, true, "INTERNAL_ERROR"),
  NO_NODE("a model without a node", 503, false, "SERVICE_UNAVAILABLE"),
  NO_BALANCE("an empty account", 402, false, "BALANCE_ERROR"),
  UNAVAILABLE_STACK("an unavailable stack", 425, false, "UNAVAILABLE_STACK");

  private final String words;
  private final int status;
  private final boolean published;
  private final String codes;

  Refusal(String words, int status, boolean published, String codes) {
    this.words = words;
    this.status = status;
    this.published = published;
    this.codes = codes;
  }

  /** The refusal that features call {@code words}. */
  public static Refusal of(String words) {
    return Arrays.stream(values())
        .filter(refusal -> refusal.words.equals(words))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no refusal is called " + words));
  }

  /** The words of all refusals, for a parameter type. */
  public static List<String> allWords() {
    return Arrays.stream(values()).map(refusal -> refusal.words).toList();
  }

  /**
   * Judges what the target answered.
   *
   * @param what was sent, in words for the report
   * @throws CheckFailed if it is no refusal, or not of the published status
   */
  public void judge(String what, Exchange exchange, CheckRecord check) {
    String expected = what + " refused as " + words + ", " + status + " " + codes;
    if (!exchange.isAnswered()) {
      throw new CheckFailed(expected, exchange.outcome());
    }
    int seen = exchange.status();
    if (seen < 400) {
      throw new CheckFailed(expected, "status " + seen);
    }
    String code = errorCode(expected, exchange);
    if (published && seen != status) {
      throw new CheckFailed(expected, "status " + seen + " " + code);
    }
    if (seen != status || !List.of(codes.split(" or ", -1)).contains(code)) {
      check.warn(expected, "status " + seen + " " + code);
    }
  }

  /**
   * Judges only that an answer, whatever its status, carries the error object.
   *
   * @param what was sent, in words for the report
   * @throws CheckFailed if it does not, or is no error
   */
  public static void requireErrorObject(String what, Exchange exchange) {
    String expected = what + " refused";
    if (!exchange.isAnswered() || exchange.status() < 400) {
      throw new CheckFailed(
          expected, exchange.isAnswered() ? "status " + exchange.status() : exchange.outcome());
    }
    errorCode(expected, exchange);
  }

  /** The code of an answer that must carry the error object. */
  static String errorCode(String expected, Exchange exchange) {
    String withObject = expected + " with the JSON error object";
    String mediaType = exchange.headers().mediaType().orElse("none");
    if (!mediaType.equals("application/json")) {
      throw new CheckFailed(
          withObject, "status " + exchange.status() + " with media type " + Words.shown(mediaType));
    }
    try {
      ObjectNode body = StrictJson.parseObject(exchange.body());
      JsonNode error = body.path("error");
      if (error.path("code").isTextual() && error.path("message").isTextual()) {
        return Words.shown(error.get("code").textValue());
      }
    } catch (MalformedAnswer notJson) {
      throw new CheckFailed(
          withObject, "status " + exchange.status() + " with a body that is no JSON object");
    }
    throw new CheckFailed(
        withObject, "status " + exchange.status() + " without error.code and error.message");
  }
}
