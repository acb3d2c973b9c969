package dev.sealcheck.conformance.exchange;

import java.util.Locale;
import java.util.Set;

/**
 * One header line; credentials are not printed.
 *
 * @param name as written
 * @param value without the line's end
 */
public record HttpHeader(String name, String value) {
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key");

  /**
   * Checks that the header is one line.
   *
   * @throws IllegalArgumentException if the name is empty or either holds a line break
   */
  public HttpHeader {
    if (name.isEmpty() || (name + value).chars().anyMatch(c -> c == '\r' || c == '\n')) {
      throw new IllegalArgumentException("a header has a name and no line break");
    }
  }

  /** Whether this is the header {@code other}; case does not matter. */
  public boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }

  @Override
  public String toString() {
    return name + ": " + (SECRET.contains(name.toLowerCase(Locale.ROOT)) ? "***" : value);
  }
}
