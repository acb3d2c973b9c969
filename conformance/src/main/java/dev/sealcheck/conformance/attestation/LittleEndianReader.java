package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;

/** Walks over bytes from front to back and never leaves them. */
final class LittleEndianReader {
  private final Bytes bytes;
  private final String whole;
  private int position;

  /** A reader at the front of {@code bytes}; {@code whole} names them in refusals. */
  LittleEndianReader(Bytes bytes, String whole) {
    this.bytes = bytes;
    this.whole = whole;
  }

  /**
   * The next {@code length} bytes.
   *
   * @throws MalformedAnswer if fewer are left
   */
  Bytes take(String field, int length) {
    if (length > left()) {
      throw new MalformedAnswer(field, "must lie within the " + whole);
    }
    Bytes taken = bytes.slice(position, position + length);
    position += length;
    return taken;
  }

  /**
   * The next {@code length} bytes, 1 to 3, as an unsigned number, lowest byte first.
   *
   * @throws MalformedAnswer if fewer are left
   */
  int number(String field, int length) {
    Bytes taken = take(field, length);
    int number = 0;
    for (int i = length - 1; i >= 0; i--) {
      number = (number << 8) | taken.at(i);
    }
    return number;
  }

  /**
   * Takes a number that has only one value.
   *
   * @throws MalformedAnswer if it has another, or if too few bytes are left
   */
  void expect(String field, int length, int value) {
    if (number(field, length) != value) {
      throw new MalformedAnswer(field, "must be " + value);
    }
  }

  /** How many bytes are left. */
  int left() {
    return bytes.length() - position;
  }

  /**
   * Does nothing at the end.
   *
   * @throws MalformedAnswer if bytes are left
   */
  void requireEnd() {
    if (left() > 0) {
      throw new MalformedAnswer(whole, "must end after its last field");
    }
  }
}
