package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpHeader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A whole answer on its way back.
 *
 * @param headers without those that frame the message
 */
record Reply(int status, List<HttpHeader> headers, Bytes body) {

  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "date");

  /** Copies the list. */
  Reply {
    headers = List.copyOf(headers);
  }

  /** An answer with one media type. */
  static Reply of(int status, String mediaType, Bytes body) {
    return new Reply(status, List.of(new HttpHeader("Content-Type", mediaType)), body);
  }

  /** A success. */
  static Reply json(ObjectNode body) {
    return of(200, "application/json", StrictJson.write(body));
  }

  /** A refusal with the error object. */
  static Reply refusal(int status, String code) {
    ObjectNode body = StrictJson.object();
    body.putObject("error").put("code", code).put("message", "This request is refused.");
    return of(status, "application/json", StrictJson.write(body));
  }

  /**
   * What the deployment answered.
   *
   * @throws IOException if no whole answer came
   */
  static Reply of(Exchange exchange) throws IOException {
    if (!exchange.isAnswered()) {
      throw new IOException("the deployment did not answer: " + exchange.outcome());
    }
    List<HttpHeader> kept =
        exchange.headers().lines().stream()
            .filter(line -> !FRAMING.contains(line.name().toLowerCase(Locale.ROOT)))
            .toList();
    return new Reply(exchange.status(), kept, exchange.body());
  }

  /** True for 200. */
  boolean isSuccess() {
    return status == 200;
  }

  /** Sends it. */
  void write(HttpExchange exchange) throws IOException {
    headers.forEach(line -> exchange.getResponseHeaders().add(line.name(), line.value()));
    exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
    if (!body.isEmpty()) {
      exchange.getResponseBody().write(body.toArray());
    }
    exchange.close();
  }
}
