package dev.sealcheck.conformance.exchange;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Header lines in the order of the wire.
 *
 * @param lines every line, repeated names included
 */
public record HttpHeaders(List<HttpHeader> lines) {
  /** Copies the list. */
  public HttpHeaders {
    lines = List.copyOf(lines);
  }

  /** No headers. */
  public static HttpHeaders none() {
    return new HttpHeaders(List.of());
  }

  /** The value of the first header of that name. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** The values of all headers of that name. */
  public List<String> all(String name) {
    return lines.stream().filter(line -> line.isNamed(name)).map(HttpHeader::value).toList();
  }

  /** The media type of the content: lower case, without parameters; empty where there is none. */
  public Optional<String> mediaType() {
    return first("content-type")
        .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }
}
