package dev.sealcheck.protocol.hash;

import dev.sealcheck.protocol.wire.FixedBytes;
import org.bouncycastle.crypto.digests.Blake3Digest;

/**
 * BLAKE3 with its default output of 32 bytes, unkeyed; the BLAKE3 specification section 2.
 * docs/ATTESTATION.md says what is hashed.
 */
public final class Blake3 {

  /** The default output of BLAKE3. */
  public static final int SIZE_IN_BYTES = 32;

  private Blake3() {}

  /** The hash of the parts one after another: {@link #SIZE_IN_BYTES} bytes. */
  public static FixedBytes of(byte[]... parts) {
    Blake3Digest digest = new Blake3Digest(SIZE_IN_BYTES * Byte.SIZE);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] hash = new byte[SIZE_IN_BYTES];
    digest.doFinal(hash, 0);
    return FixedBytes.copyOf(hash, SIZE_IN_BYTES, "hash");
  }
}
