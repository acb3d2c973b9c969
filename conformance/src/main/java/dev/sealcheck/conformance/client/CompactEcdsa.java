package dev.sealcheck.conformance.client;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** What both curves share: r ‖ s of 32 bytes each, low s, SHA-256 over the hash bytes. */
final class CompactEcdsa {
  private static final int SCALAR_BYTES = 32;

  private CompactEcdsa() {}

  static BigInteger r(Bytes signature) {
    return new BigInteger(1, signature.slice(0, SCALAR_BYTES).content());
  }

  static BigInteger s(Bytes signature) {
    return new BigInteger(1, signature.slice(SCALAR_BYTES, 2 * SCALAR_BYTES).content());
  }

  /** Whether these are 64 bytes, r is 1 to n-1 and s is 1 to n/2, the low half. */
  static boolean inRange(Bytes signature, BigInteger order) {
    if (signature.length() != 2 * SCALAR_BYTES) {
      return false;
    }
    BigInteger r = r(signature);
    BigInteger s = s(signature);
    return r.signum() > 0
        && r.compareTo(order) < 0
        && s.signum() > 0
        && s.compareTo(order.shiftRight(1)) <= 0;
  }

  /** r ‖ s with s brought to the low half. */
  static Bytes lowS(BigInteger r, BigInteger s, BigInteger order) {
    BigInteger low = s.compareTo(order.shiftRight(1)) > 0 ? order.subtract(s) : s;
    return Bytes.concat(fixed(r), fixed(low));
  }

  static byte[] sha256(Bytes message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message.content());
    } catch (NoSuchAlgorithmException noSha) {
      throw new IllegalStateException("this JDK has no SHA-256", noSha);
    }
  }

  /** 32 big-endian bytes. */
  static Bytes fixed(BigInteger scalar) {
    byte[] signed = scalar.toByteArray();
    byte[] fixed = new byte[SCALAR_BYTES];
    int taken = Math.min(signed.length, SCALAR_BYTES);
    System.arraycopy(signed, signed.length - taken, fixed, SCALAR_BYTES - taken, taken);
    Arrays.fill(signed, (byte) 0);
    return Bytes.owning(fixed);
  }
}
