package dev.sealcheck.conformance.client;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869), written over the JDK's HMAC. */
public final class Hkdf {
  private static final String HMAC = "HmacSHA256";
  private static final int HASH_BYTES = 32;

  private Hkdf() {}

  /** The pseudorandom key, 32 bytes (RFC 5869 section 2.2). */
  public static Bytes extract(Bytes salt, Bytes inputKeyMaterial) {
    byte[] macKey = salt.isEmpty() ? new byte[HASH_BYTES] : salt.content();
    return Bytes.owning(hmac(macKey).doFinal(inputKeyMaterial.content()));
  }

  /**
   * The output key material (RFC 5869 section 2.3).
   *
   * @throws IllegalArgumentException if {@code lengthBytes} is not 1 to 255 × 32
   */
  public static Bytes expand(Bytes pseudorandomKey, Bytes info, int lengthBytes) {
    if (lengthBytes < 1 || lengthBytes > 255 * HASH_BYTES) {
      throw new IllegalArgumentException("length " + lengthBytes + ": 1 to 8160 allowed");
    }
    Mac mac = hmac(pseudorandomKey.content());
    byte[] output = new byte[lengthBytes];
    byte[] block = new byte[0];
    int filled = 0;
    for (int counter = 1; filled < lengthBytes; counter++) {
      mac.update(block);
      mac.update(info.content());
      mac.update((byte) counter);
      block = mac.doFinal();
      int taken = Math.min(block.length, lengthBytes - filled);
      System.arraycopy(block, 0, output, filled, taken);
      filled += taken;
    }
    Arrays.fill(block, (byte) 0);
    return Bytes.owning(output);
  }

  private static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException noHmac) {
      throw new IllegalStateException("this JDK has no " + HMAC, noHmac);
    }
  }
}
