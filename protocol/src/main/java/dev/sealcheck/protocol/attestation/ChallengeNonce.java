package dev.sealcheck.protocol.attestation;

import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The nonce of a challenge, docs/ATTESTATION.md.
 *
 * @param value any 64 bits; unsigned
 */
public record ChallengeNonce(long value) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

  /**
   * The nonce of a text as {@link #toHex} gives it.
   *
   * @throws MalformedMessageException if it is not 16 lower-case hex digits
   */
  public static ChallengeNonce parse(String text) throws MalformedMessageException {
    if (!FORM.matcher(text).matches()) {
      throw new MalformedMessageException("nonce", "must be 16 lower-case hex digits");
    }
    return new ChallengeNonce(HexFormat.fromHexDigitsToLong(text));
  }

  /**
   * 16 lower-case hex digits, the highest first: a JSON number above 2^53 is rounded by many
   * readers.
   */
  public String toHex() {
    return HexFormat.of().toHexDigits(value);
  }

  byte[] littleEndian() {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
