package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of a node's refusal on the four confidential paths, docs/PROTOCOL.md section 9,
 * "From node to proxy": it costs the lock and no units, except that {@code STALE_NODE_KEY} costs
 * nothing.
 */
@Timeout(60)
class NodeRefusalTest {

  private static final Refusal INTERNAL_ERROR = new Refusal(500, "INTERNAL_ERROR");
  private static final int RETRY_AFTER = 17;

  private static ProxyFixture proxy;

  private record Row(Form form, int status, String body, Refusal refusal) {

    /** Every answer of this node also asks for patience, which only 429 may pass on. */
    void answer(HttpExchange exchange) throws IOException {
      exchange.getResponseHeaders().set("Retry-After", Integer.toString(RETRY_AFTER));
      exchange.getResponseHeaders().set("Location", "/v1/elsewhere");
      if (status == 204 || status == 304) {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
      } else {
        ScriptedNode.answer(exchange, status, body.getBytes(UTF_8));
      }
    }

    @Override
    public String toString() {
      return form + ": " + status + " " + body + " is " + refusal;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    proxy = new ProxyFixture();
  }

  @AfterAll
  static void stop() {
    proxy.close();
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Form form : Form.all()) {
      knownCodes(form, rows);
      knownStatuses(form, rows);
      anythingElse(form, rows);
    }
    return rows;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void tellsTheClientInItsOwnWords(Row row) throws Exception {
    Visitor visitor = new Visitor(proxy, row.form);
    proxy.node.answers(row::answer);
    row.refusal.assertIs(visitor.send());
    if (row.refusal.code().equals("STALE_NODE_KEY")) {
      visitor.assertLockGivenBack();
    } else {
      visitor.assertLockReleased();
    }
  }

  private static void knownCodes(Form form, List<Row> rows) {
    same(form, 400, "INVALID_BODY", rows);
    same(form, 400, "UNDECRYPTABLE", rows);
    same(form, 409, "STALE_NODE_KEY", rows);
    same(form, 409, "REPLAYED_REQUEST", rows);
    same(form, 423, "LOCKED", rows);
    same(form, 425, "UNAVAILABLE_STACK", rows);
    rows.add(new Row(form, 429, error("TOO_MANY_REQUESTS"), tooMany(RETRY_AFTER)));
  }

  private static void knownStatuses(Form form, List<Row> rows) {
    for (String body :
        List.of(
            "",
            "no json",
            "{}",
            "[]",
            error("SOMETHING"),
            error("undecryptable"),
            error("X\"}}"))) {
      rows.add(new Row(form, 400, body, new Refusal(400, "INVALID_BODY")));
      rows.add(new Row(form, 423, body, new Refusal(423, "LOCKED")));
      rows.add(new Row(form, 425, body, new Refusal(425, "UNAVAILABLE_STACK")));
      rows.add(new Row(form, 429, body, tooMany(RETRY_AFTER)));
    }
  }

  private static void anythingElse(Form form, List<Row> rows) {
    for (int status : List.of(201, 204, 302, 304, 403, 408, 409, 418, 422, 501, 599)) {
      rows.add(new Row(form, status, "marker", INTERNAL_ERROR));
    }
    failed(form, 401, "AUTH_ERROR", rows);
    failed(form, 402, "BALANCE_ERROR", rows);
    failed(form, 404, "NOT_FOUND", rows);
    failed(form, 405, "METHOD_NOT_ALLOWED", rows);
    failed(form, 409, "STALE_EVIDENCE", rows);
    failed(form, 413, "BODY_TOO_LARGE", rows);
    failed(form, 415, "UNSUPPORTED_MEDIA_TYPE", rows);
    failed(form, 500, "INTERNAL_ERROR", rows);
    failed(form, 502, "NODE_UNAVAILABLE", rows);
    failed(form, 503, "SERVICE_UNAVAILABLE", rows);
    failed(form, 504, "NODE_TIMEOUT", rows);
  }

  private static void same(Form form, int status, String code, List<Row> rows) {
    rows.add(new Row(form, status, error(code), new Refusal(status, code)));
  }

  private static void failed(Form form, int status, String code, List<Row> rows) {
    rows.add(new Row(form, status, error(code), INTERNAL_ERROR));
  }

  private static Refusal tooMany(int seconds) {
    return new Refusal(429, "TOO_MANY_REQUESTS", OptionalInt.of(seconds));
  }

  private static String error(String code) {
    return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"marker\"}}";
  }
}
