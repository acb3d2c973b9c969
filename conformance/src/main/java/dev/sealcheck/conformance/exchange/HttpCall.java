package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is sent: exactly these headers and bytes, beside the framing that HTTP itself needs (Host,
 * Content-Length, Connection, User-Agent). The token stands apart so that it is never printed.
 *
 * @param method as written on the wire, upper case
 * @param uri absolute, http or https; a fragment is not sent
 * @param headers in order, repeats allowed, without the token's
 * @param body empty for none
 * @param token sent as "Authorization: Bearer …" where there is one
 */
public record HttpCall(
    String method,
    URI uri,
    List<HttpHeader> headers,
    Optional<Bytes> body,
    Optional<BearerToken> token) {
  private static final String CONTENT_TYPE = "Content-Type";

  /**
   * Checks method and URI and copies the list.
   *
   * @throws IllegalArgumentException if the method is not upper-case letters or the URI not
   *     absolute
   */
  public HttpCall {
    if (!method.matches("[A-Z]+")) {
      throw new IllegalArgumentException("method " + method + ": upper-case letters allowed");
    }
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      throw new IllegalArgumentException("URI " + uri + ": absolute http or https allowed");
    }
    headers = List.copyOf(headers);
  }

  /** A GET without body, headers and token. */
  public static HttpCall get(URI uri) {
    return new HttpCall("GET", uri, List.of(), Optional.empty(), Optional.empty());
  }

  /** A POST of {@code json} as application/json, without a token. */
  public static HttpCall post(URI uri, Bytes json) {
    return new HttpCall(
        "POST",
        uri,
        List.of(new HttpHeader(CONTENT_TYPE, "application/json")),
        Optional.of(json),
        Optional.empty());
  }

  /** A copy with another method. */
  public HttpCall withMethod(String other) {
    return new HttpCall(other, uri, headers, body, token);
  }

  /** A copy to another URI. */
  public HttpCall withUri(URI other) {
    return new HttpCall(method, other, headers, body, token);
  }

  /** A copy with another body; headers stay. */
  public HttpCall withBody(Bytes other) {
    return new HttpCall(method, uri, headers, Optional.of(other), token);
  }

  /** A copy with one more header at the end. */
  public HttpCall withHeader(String name, String value) {
    List<HttpHeader> more = new ArrayList<>(headers);
    more.add(new HttpHeader(name, value));
    return new HttpCall(method, uri, more, body, token);
  }

  /** A copy without any header of that name. */
  public HttpCall withoutHeader(String name) {
    return new HttpCall(
        method, uri, headers.stream().filter(h -> !h.isNamed(name)).toList(), body, token);
  }

  /** A copy whose only media type is {@code value}. */
  public HttpCall withContentType(String value) {
    return withoutHeader(CONTENT_TYPE).withHeader(CONTENT_TYPE, value);
  }

  /** A copy with a token. */
  public HttpCall bearing(BearerToken other) {
    return new HttpCall(method, uri, headers, body, Optional.of(other));
  }

  /** A copy without the token. */
  public HttpCall withoutToken() {
    return new HttpCall(method, uri, headers, body, Optional.empty());
  }

  /** The header lines of the wire, the token's first; only senders ask. */
  List<HttpHeader> wireHeaders() {
    List<HttpHeader> lines = new ArrayList<>();
    token.ifPresent(t -> lines.add(new HttpHeader("Authorization", "Bearer " + t.secret())));
    lines.addAll(headers);
    return lines;
  }

  @Override
  public String toString() {
    return method
        + " "
        + uri
        + token.map(t -> " Authorization: Bearer ***").orElse("")
        + (headers.isEmpty() ? "" : " " + headers)
        + body.map(bytes -> " " + bytes).orElse("");
  }
}
