package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;

/**
 * One field line of an event (WHATWG HTML section 9.2.6).
 *
 * @param name before the colon, or the whole line where it has none; malformed UTF-8 is replaced
 * @param value after the colon and one space, as it came
 */
public record SseField(String name, Bytes value) {
  static final String DATA = "data";
}
