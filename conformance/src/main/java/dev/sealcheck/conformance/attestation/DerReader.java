package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;

/** Walks over DER elements (X.690 section 8.1) of up to 65,535 bytes and never leaves the bytes. */
final class DerReader {
  private static final int LONG_FORM = 0x80;

  private final Bytes bytes;
  private int position;

  DerReader(Bytes bytes) {
    this.bytes = bytes;
  }

  /**
   * The content of the next element.
   *
   * @param tag the one allowed identifier octet
   * @throws MalformedAnswer if the next element has another tag, a length that is not DER, or
   *     leaves the bytes
   */
  Bytes take(int tag) {
    require(next() == tag);
    int length = next();
    if (length > LONG_FORM) {
      int octets = length - LONG_FORM;
      require(octets <= 2);
      length = next();
      if (octets == 2) {
        length = (length << 8) | next();
      }
      require(length >= (octets == 1 ? LONG_FORM : 1 << 8));
    } else {
      require(length < LONG_FORM);
    }
    require(length <= bytes.length() - position);
    Bytes content = bytes.slice(position, position + length);
    position += length;
    return content;
  }

  /**
   * Does nothing at the end.
   *
   * @throws MalformedAnswer if bytes are left
   */
  void requireEnd() {
    require(position == bytes.length());
  }

  private int next() {
    require(position < bytes.length());
    return bytes.at(position++);
  }

  private static void require(boolean right) {
    if (!right) {
      throw new MalformedAnswer("extension", "must be the DER that is expected");
    }
  }
}
