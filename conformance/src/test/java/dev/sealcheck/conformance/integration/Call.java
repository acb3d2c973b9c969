package dev.sealcheck.conformance.integration;

import com.sun.net.httpserver.HttpExchange;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.HttpHeader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as it reached the man in the middle.
 *
 * @param path with the query where there is one
 * @param headers those that are passed on: the credentials and the media type
 */
record Call(String method, String path, List<HttpHeader> headers, Bytes body) {

  private static final List<String> PASSED_ON = List.of("Authorization", "Content-Type");

  /** Copies the list. */
  Call {
    headers = List.copyOf(headers);
  }

  /** Reads a request to its end, or until there is more of it than {@code maxBodyBytes}. */
  static Call read(HttpExchange exchange, int maxBodyBytes) throws IOException {
    List<HttpHeader> headers = new ArrayList<>();
    for (String name : PASSED_ON) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        headers.add(new HttpHeader(name, value));
      }
    }
    return new Call(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        headers,
        Bytes.owning(exchange.getRequestBody().readNBytes(maxBodyBytes + 1)));
  }

  /** A request for a lock. */
  boolean isLock() {
    return method.equals("POST") && path.equals("/v1/nodes/lock");
  }

  /** A confidential chat request. */
  boolean isChat() {
    return method.equals("POST") && path.equals(Endpoint.CHAT.path());
  }

  /** The credentials; empty text where there are none. */
  String credentials() {
    return headers.stream()
        .filter(header -> header.isNamed("Authorization"))
        .map(HttpHeader::value)
        .findFirst()
        .orElse("");
  }

  /** The same caller's request for something else. */
  Call withPost(String otherPath, Bytes json) {
    List<HttpHeader> kept =
        new ArrayList<>(headers.stream().filter(h -> h.isNamed("Authorization")).toList());
    kept.add(new HttpHeader("Content-Type", "application/json"));
    return new Call("POST", otherPath, kept, json);
  }

  /** A copy with another body. */
  Call withBody(Bytes other) {
    return new Call(method, path, headers, other);
  }

  /** The request to send to {@code base}. */
  HttpCall to(URI base) {
    Optional<Bytes> sent =
        method.equals("GET") || method.equals("HEAD") ? Optional.empty() : Optional.of(body);
    return new HttpCall(method, URI.create(base + path), headers, sent, Optional.empty());
  }

  /** Prints no credentials and no body. */
  @Override
  public String toString() {
    return method + " " + path + " " + body;
  }
}
