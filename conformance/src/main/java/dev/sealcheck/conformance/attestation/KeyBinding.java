package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.Blake3Digest;

/**
 * What a report must have been made for: a nonce of the proxy's and the node's key
 * (docs/ATTESTATION.md section 2).
 *
 * @param contractNonce all 64 bits count
 * @param publicKey the node's key
 */
public record KeyBinding(long contractNonce, X25519PublicKey publicKey) {
  /** The slot that all devices of a machine are asked under. */
  public static final int DEVICE_SLOT = 300;

  /** Bytes of the nonce that a device is asked with. */
  public static final int GPU_NONCE_BYTES = 32;

  private static final Pattern NONCE = Pattern.compile("[0-9a-f]{16}");

  /** The nonce that every device must have been asked with; 32 bytes. */
  public Bytes gpuNonce() {
    return gpuNonce(contractNonce, publicKey.bytes(), DEVICE_SLOT);
  }

  /**
   * BLAKE3-256( nonce, 8 bytes little-endian ‖ key ‖ slot, 2 bytes little-endian ), of any key and
   * slot: what a device asked in the wrong way answers to.
   */
  public static Bytes gpuNonce(long contractNonce, Bytes publicKey, int slot) {
    return blake3(
        Bytes.concat(
            littleEndian(contractNonce, Long.BYTES), publicKey, littleEndian(slot, Short.BYTES)));
  }

  /** BLAKE3 of {@code input} without a key; 32 bytes. */
  public static Bytes blake3(Bytes input) {
    Blake3Digest digest = new Blake3Digest(8 * GPU_NONCE_BYTES);
    digest.update(input.toArray(), 0, input.length());
    byte[] hash = new byte[GPU_NONCE_BYTES];
    digest.doFinal(hash, 0);
    return Bytes.owning(hash);
  }

  /**
   * The nonce written as 16 lower-case hex digits.
   *
   * @throws MalformedAnswer if {@code text} is not that
   */
  public static long parseNonce(String text) {
    if (!NONCE.matcher(text).matches()) {
      throw new MalformedAnswer("nonce", "must be 16 lower-case hex digits");
    }
    return Long.parseUnsignedLong(text, 16);
  }

  /** {@code nonce} as 16 lower-case hex digits. */
  public static String hex(long nonce) {
    return String.format(Locale.ROOT, "%016x", nonce);
  }

  /** The lowest {@code length} bytes of {@code number}, lowest first. */
  static Bytes littleEndian(long number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (number >>> (8 * i));
    }
    return Bytes.owning(bytes);
  }
}
