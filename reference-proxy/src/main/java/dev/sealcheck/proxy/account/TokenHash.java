package dev.sealcheck.proxy.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of a bearer token's UTF-8 bytes, all that the proxy keeps of a token.
 *
 * <p>Comparisons take the same time wherever two hashes differ, and no text form shows the bytes.
 */
public final class TokenHash {

  private static final int SIZE_IN_BYTES = 32;

  private final byte[] bytes;

  private TokenHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the hash of {@code token}. */
  public static TokenHash of(String token) {
    try {
      return new TokenHash(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  /**
   * Returns the hash that a configuration states.
   *
   * @param sha256Hex 64 hexadecimal digits, in either case
   * @throws IllegalArgumentException if the text is anything else
   */
  public static TokenHash ofHex(String sha256Hex) {
    if (sha256Hex.length() != 2 * SIZE_IN_BYTES
        || !sha256Hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException(
          "a token hash is 64 hexadecimal digits, not these " + sha256Hex.length() + " characters");
    }
    return new TokenHash(HexFormat.of().parseHex(sha256Hex));
  }

  /** Tells whether this is the hash of {@code token}, in constant time. */
  public boolean matches(String token) {
    return equals(of(token));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenHash that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns the length only. */
  @Override
  public String toString() {
    return "TokenHash(" + SIZE_IN_BYTES + " bytes)";
  }
}
