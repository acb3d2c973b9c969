package dev.sealcheck.conformance.host;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.http.impl.EnglishReasonPhraseCatalog;

/** The bytes of answers: heads, whole answers and the chunks of a chunked body. */
final class AnswerBytes {
  private static final String LINE_END = "\r\n";

  /** What ends a chunked body (RFC 9112 section 7.1). */
  static final Bytes LAST_CHUNK = latin1("0" + LINE_END + LINE_END);

  private AnswerBytes() {}

  /** Head and body of a whole answer; where a status has no body, neither does the answer. */
  static Bytes whole(int status, List<HttpHeader> headers, Bytes body, boolean bodyless) {
    boolean noContent = status < 200 || status == 204 || status == 304;
    if (noContent && !body.isEmpty()) {
      throw new IllegalArgumentException("an answer of status " + status + " has no body");
    }
    String length = noContent ? "" : "Content-Length: " + body.length() + LINE_END;
    Bytes head = head(status, headers, length);
    return bodyless ? head : Bytes.concat(head, body);
  }

  /** The head of a chunked answer. */
  static Bytes chunkedHead(int status, List<HttpHeader> headers) {
    return head(status, headers, "Transfer-Encoding: chunked" + LINE_END);
  }

  /** One chunk with its framing. */
  static Bytes chunk(Bytes content) {
    return Bytes.concat(
        latin1(Integer.toHexString(content.length()) + LINE_END), content, latin1(LINE_END));
  }

  private static Bytes head(int status, List<HttpHeader> headers, String framing) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(' ');
    head.append(reason(status)).append(LINE_END);
    for (HttpHeader line : headers) {
      if (line.isNamed("content-length") || line.isNamed("transfer-encoding")) {
        throw new IllegalArgumentException("the framing of an answer is not its handler's");
      }
      head.append(line.name()).append(": ").append(line.value()).append(LINE_END);
    }
    return latin1(head.append(framing).append(LINE_END).toString());
  }

  private static String reason(int status) {
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("status " + status + ": 100 to 599 allowed");
    }
    String phrase = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ROOT);
    return phrase == null ? "" : phrase;
  }

  private static Bytes latin1(String text) {
    return Bytes.owning(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
