package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.client.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Writes zlib streams (RFC 1950, RFC 1951) whose every bit is decided here, so that vectors come
 * out the same with every zlib library, also one that inflates to a thousand times its size.
 */
final class PaddedZlib {
  private static final int MAX_STORED_BYTES = 0xffff;
  private static final int MATCH_BYTES = 258;
  private static final int SPACE = ' ';

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Adler32 checksum = new Adler32();
  private int bits;
  private int bitCount;

  private PaddedZlib() {
    out.write(0x78);
    out.write(0x01);
  }

  /** A stream that holds {@code content} uncompressed. */
  static Bytes stored(Bytes content) {
    PaddedZlib stream = new PaddedZlib();
    stream.store(content, true);
    return stream.end();
  }

  /**
   * A stream of {@code front}, of one space and {@code matches} × 258 more, and of {@code back}.
   */
  static Bytes padded(Bytes front, int matches, Bytes back) {
    PaddedZlib stream = new PaddedZlib();
    stream.store(front, false);
    stream.spaces(matches);
    stream.store(back, true);
    return stream.end();
  }

  private void store(Bytes content, boolean last) {
    for (int at = 0; at == 0 || at < content.length(); at += MAX_STORED_BYTES) {
      int end = Math.min(content.length(), at + MAX_STORED_BYTES);
      write(last && end == content.length() ? 1 : 0, 1);
      write(0, 2);
      align();
      int length = end - at;
      write(length, 16);
      write(~length & 0xffff, 16);
      out.writeBytes(content.slice(at, end).toArray());
    }
    checksum.update(content.toArray());
  }

  /**
   * A block with a code of its own: a match of 258 bytes at distance 1 costs two bits. Lengths of
   * codes are 2 for the space, 2 for the end and 1 for the match; 1 for the one distance.
   */
  private void spaces(int matches) {
    write(0, 1);
    write(2, 2);
    write(29, 5);
    write(0, 5);
    write(14, 4);
    // The order of RFC 1951 section 3.2.7: 18 has one bit, 2 and 1 have two.
    for (int length : new int[] {0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2}) {
      write(length, 3);
    }
    zeroLengths(32);
    codeLength(2);
    zeroLengths(138);
    zeroLengths(85);
    codeLength(2);
    zeroLengths(28);
    codeLength(1);
    codeLength(1);
    // The space is 10, the end 11, the match 0 and its distance 0; codes go highest bit first.
    write(0b01, 2);
    for (int match = 0; match < matches; match++) {
      write(0, 2);
    }
    write(0b11, 2);
    byte[] run = new byte[MATCH_BYTES];
    Arrays.fill(run, (byte) SPACE);
    checksum.update(SPACE);
    for (int match = 0; match < matches; match++) {
      checksum.update(run);
    }
  }

  /** Code 0 stands for 18: so many lengths of zero, less 11, in seven bits. */
  private void zeroLengths(int count) {
    write(0, 1);
    write(count - 11, 7);
  }

  /** Codes 10 and 11 stand for the lengths 1 and 2; codes go highest bit first. */
  private void codeLength(int length) {
    write(length == 1 ? 0b01 : 0b11, 2);
  }

  private void write(int value, int count) {
    bits |= value << bitCount;
    bitCount += count;
    while (bitCount >= 8) {
      out.write(bits & 0xff);
      bits >>>= 8;
      bitCount -= 8;
    }
  }

  private void align() {
    if (bitCount > 0) {
      write(0, 8 - bitCount);
    }
  }

  private Bytes end() {
    long sum = checksum.getValue();
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write((int) (sum >>> shift) & 0xff);
    }
    return Bytes.owning(out.toByteArray());
  }
}
