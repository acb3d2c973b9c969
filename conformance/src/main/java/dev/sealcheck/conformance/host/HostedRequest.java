package dev.sealcheck.conformance.host;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpHeader;
import java.util.Arrays;
import java.util.List;

/**
 * One request as it was read.
 *
 * @param method as written
 * @param path without authority, query and fragment
 * @param headers in the order of the wire
 * @param body whole, without its framing
 */
record HostedRequest(String method, String path, List<HttpHeader> headers, Bytes body) {
  HostedRequest {
    headers = List.copyOf(headers);
  }

  /** The path of a request target, which may be in absolute form. */
  static String pathOf(String target) {
    String rest = target;
    int scheme = rest.indexOf("://");
    if (scheme > 0 && !rest.startsWith("/")) {
      int slash = rest.indexOf('/', scheme + 3);
      rest = slash < 0 ? "/" : rest.substring(slash);
    }
    int end = rest.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = rest.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    return rest.substring(0, end);
  }

  /** Whether one of these lines asks for the connection to be closed. */
  static boolean wantsClose(List<HttpHeader> lines) {
    return lines.stream()
        .filter(line -> line.isNamed("connection"))
        .flatMap(line -> Arrays.stream(line.value().split(",", -1)))
        .anyMatch(token -> token.strip().equalsIgnoreCase("close"));
  }
}
