package dev.sealcheck.conformance.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable run of bytes, compared by content in constant time; its text form is the length
 * only, so that one holding a key, a nonce or a plaintext can stand in any record.
 */
public final class Bytes {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** No bytes. */
  public static Bytes empty() {
    return EMPTY;
  }

  /** A copy of {@code content}. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** Wraps {@code content} without a copy and takes ownership: the caller must not write to it. */
  public static Bytes owning(byte[] content) {
    return new Bytes(content);
  }

  /** The UTF-8 form of {@code text}. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The bytes written as {@code hex}, two digits a byte, either case.
   *
   * @throws IllegalArgumentException if {@code hex} is not that
   */
  public static Bytes hex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /** {@code length} fresh bytes from the system's random source; never seeded. */
  public static Bytes random(int length) {
    byte[] fresh = new byte[length];
    RANDOM.nextBytes(fresh);
    return new Bytes(fresh);
  }

  /** The parts one after another. */
  public static Bytes concat(Bytes... parts) {
    int length = Arrays.stream(parts).mapToInt(Bytes::length).reduce(0, Math::addExact);
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (Bytes part : parts) {
      joined.put(part.content);
    }
    return new Bytes(joined.array());
  }

  /** The number of bytes. */
  public int length() {
    return content.length;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return content.length == 0;
  }

  /**
   * The byte at {@code index}, 0 to 255.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public int at(int index) {
    return content[index] & 0xff;
  }

  /**
   * A copy of the bytes {@code from} (included) to {@code to} (excluded).
   *
   * @throws IndexOutOfBoundsException if the range leaves the bytes
   */
  public Bytes slice(int from, int to) {
    Objects.checkFromToIndex(from, to, content.length);
    return new Bytes(Arrays.copyOfRange(content, from, to));
  }

  /**
   * A copy with one bit changed; bit {@code i} is bit {@code i % 8}, lowest first, of byte {@code i
   * / 8}, so that bit 255 of a 32-byte key is its top bit as RFC 7748 counts.
   *
   * @throws IllegalArgumentException if there is no such bit
   */
  public Bytes flippedBit(int bitIndex) {
    if (bitIndex < 0 || bitIndex >= content.length * 8L) {
      throw new IllegalArgumentException(
          "bit " + bitIndex + " of " + content.length + " bytes: 0 to 8 × length - 1 allowed");
    }
    byte[] flipped = content.clone();
    flipped[bitIndex / 8] ^= (byte) (1 << (bitIndex % 8));
    return new Bytes(flipped);
  }

  /** A copy as an array. */
  public byte[] toArray() {
    return content.clone();
  }

  /** A read-only view, without a copy. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  /** A stream over the bytes, without a copy. */
  public InputStream stream() {
    return new ByteArrayInputStream(content);
  }

  /**
   * The bytes as lower-case hex; for public values and tests, a caller never prints a secret so.
   */
  public String toHex() {
    return HexFormat.of().formatHex(content);
  }

  /** The bytes read as UTF-8, malformed ones replaced; for messages, never for parsing. */
  public String toLenientUtf8() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** The content itself, for this package; nobody writes to it. */
  byte[] content() {
    return content;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && MessageDigest.isEqual(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
