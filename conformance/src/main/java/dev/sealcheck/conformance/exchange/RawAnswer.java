package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one answer off a raw connection, by RFC 9112 sections 2 to 7; informational ones are passed
 * over.
 */
final class RawAnswer {
  private static final int MAX_HEAD_BYTES = 64 << 10;
  private static final int MAX_BODY_BYTES = 4 << 20;
  private static final int NO_CONTENT = 204;
  private static final int FIRST_FINAL = 200;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
  private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,7})[ \t]*(;.*)?");

  /** Where the bytes come from. */
  interface Source {
    /** The next byte, -1 at the end. */
    int next() throws IOException;
  }

  private final Source source;
  private int headBytes;

  RawAnswer(Source source) {
    this.source = source;
  }

  /**
   * The next final answer.
   *
   * @throws EOFException if the connection ends before its end
   * @throws ProtocolException if what comes is no HTTP answer, or a larger one than is taken
   */
  HttpAnswer read() throws IOException {
    HttpAnswer answer = readOne();
    while (answer.status() < FIRST_FINAL) {
      answer = readOne();
    }
    return answer;
  }

  private HttpAnswer readOne() throws IOException {
    headBytes = 0;
    Matcher line = STATUS_LINE.matcher(line());
    if (!line.matches()) {
      throw new ProtocolException("the answer does not begin with a status line");
    }
    int status = Integer.parseInt(line.group(1));
    List<HttpHeader> lines = new ArrayList<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("a header line of the answer has no name");
      }
      lines.add(new HttpHeader(header.substring(0, colon), header.substring(colon + 1).strip()));
    }
    HttpHeaders headers = new HttpHeaders(lines);
    return new HttpAnswer(status, headers, body(status, headers), false);
  }

  private Bytes body(int status, HttpHeaders headers) throws IOException {
    if (status < FIRST_FINAL || status == NO_CONTENT) {
      return Bytes.empty();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Optional<String> length = headers.first("content-length");
    if (headers.first("transfer-encoding").isPresent()) {
      chunks(body);
    } else if (length.isPresent()) {
      if (!LENGTH.matcher(length.get()).matches()) {
        throw new ProtocolException("the answer's length is no number");
      }
      take(Integer.parseInt(length.get()), body);
    } else {
      for (int next = source.next(); next >= 0; next = source.next()) {
        put(next, body);
      }
    }
    return Bytes.owning(body.toByteArray());
  }

  private void chunks(ByteArrayOutputStream body) throws IOException {
    while (true) {
      headBytes = 0;
      Matcher size = CHUNK_SIZE.matcher(line());
      if (!size.matches()) {
        throw new ProtocolException("a chunk of the answer has no size");
      }
      int bytes = Integer.parseInt(size.group(1), 16);
      take(bytes, body);
      // The end of the chunk's line; of the last chunk, the trailers and the empty line.
      String end = line();
      while (bytes == 0 && !end.isEmpty()) {
        end = line();
      }
      if (bytes == 0) {
        return;
      }
    }
  }

  private void take(int count, ByteArrayOutputStream body) throws IOException {
    for (int i = 0; i < count; i++) {
      put(required(), body);
    }
  }

  private static void put(int next, ByteArrayOutputStream body) throws ProtocolException {
    if (body.size() == MAX_BODY_BYTES) {
      throw new ProtocolException("the answer is longer than " + MAX_BODY_BYTES + " bytes");
    }
    body.write(next);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = required(); next != '\n'; next = required()) {
      if (++headBytes > MAX_HEAD_BYTES) {
        throw new ProtocolException("the answer's head is too long");
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private int required() throws IOException {
    int next = source.next();
    if (next < 0) {
      throw new EOFException("the connection was closed");
    }
    return next;
  }
}
