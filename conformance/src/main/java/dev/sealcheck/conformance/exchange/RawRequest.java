package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The bytes of HTTP requests whose framing is the check's own, right or wrong. */
public final class RawRequest {

  private RawRequest() {}

  /**
   * The head of {@code call}, the empty line included, with these framing lines and no others.
   *
   * @param framing whole header lines without their ends, for instance "Content-Length: 3"
   */
  public static Bytes head(HttpCall call, List<String> framing) {
    List<String> lines = new ArrayList<>();
    lines.add(call.method() + " " + target(call) + " HTTP/1.1");
    lines.add("Host: " + call.uri().getRawAuthority());
    lines.add("User-Agent: " + Messenger.USER_AGENT);
    call.wireHeaders().forEach(header -> lines.add(header.name() + ": " + header.value()));
    lines.addAll(framing);
    return Bytes.utf8(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /** The whole of {@code call}, its body under its true length. */
  public static Bytes whole(HttpCall call) {
    Bytes body = call.body().orElse(Bytes.empty());
    return Bytes.concat(head(call, List.of("Content-Length: " + body.length())), body);
  }

  /** {@code part} as one chunk; an empty part ends the body (RFC 9112 section 7.1). */
  public static Bytes chunk(Bytes part) {
    String size = Integer.toHexString(part.length());
    return Bytes.concat(Bytes.utf8(size + "\r\n"), part, Bytes.utf8("\r\n"));
  }

  private static String target(HttpCall call) {
    String path = call.uri().getRawPath();
    String query = call.uri().getRawQuery();
    return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }
}
