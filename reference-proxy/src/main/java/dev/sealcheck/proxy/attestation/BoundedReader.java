package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads little-endian integers and runs of bytes, and never past the end. */
final class BoundedReader {

  private final ByteBuffer rest;

  BoundedReader(byte[] bytes) {
    this(ByteBuffer.wrap(bytes));
  }

  private BoundedReader(ByteBuffer rest) {
    this.rest = rest.order(ByteOrder.LITTLE_ENDIAN);
  }

  int unsigned8() throws MalformedMessageException {
    require(Byte.BYTES);
    return Byte.toUnsignedInt(rest.get());
  }

  int unsigned16() throws MalformedMessageException {
    require(Short.BYTES);
    return Short.toUnsignedInt(rest.getShort());
  }

  int unsigned24() throws MalformedMessageException {
    int low = unsigned16();
    return low | unsigned8() << Short.SIZE;
  }

  byte[] bytes(int length) throws MalformedMessageException {
    require(length);
    byte[] bytes = new byte[length];
    rest.get(bytes);
    return bytes;
  }

  /** A reader of the next {@code length} bytes, which this one skips. */
  BoundedReader part(int length) throws MalformedMessageException {
    require(length);
    ByteBuffer part = rest.slice(rest.position(), length);
    rest.position(rest.position() + length);
    return new BoundedReader(part);
  }

  /** Requires an integer of one byte. */
  void expect8(int value, String what) throws MalformedMessageException {
    if (unsigned8() != value) {
      throw new MalformedMessageException("report", "must have " + what + " " + value);
    }
  }

  /** Requires an integer of two bytes. */
  void expect16(int value, String what) throws MalformedMessageException {
    if (unsigned16() != value) {
      throw new MalformedMessageException("report", "must have " + what + " " + value);
    }
  }

  boolean hasMore() {
    return rest.hasRemaining();
  }

  private void require(int length) throws MalformedMessageException {
    if (rest.remaining() < length) {
      throw new MalformedMessageException("report", "must be as long as it says");
    }
  }
}
