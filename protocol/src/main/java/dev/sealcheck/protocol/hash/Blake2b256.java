package dev.sealcheck.protocol.hash;

import dev.sealcheck.protocol.wire.BodyHash;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** BLAKE2b with a 32-byte output, unkeyed; RFC 7693, docs/PROTOCOL.md section 4. */
public final class Blake2b256 {

  private Blake2b256() {}

  /** The hash of the parts one after another. */
  public static BodyHash of(byte[]... parts) {
    return BodyHash.copyOf(digest(BodyHash.SIZE_IN_BYTES, parts));
  }

  static byte[] digest(int sizeInBytes, byte[]... parts) {
    Blake2bDigest digest = new Blake2bDigest(sizeInBytes * Byte.SIZE);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] hash = new byte[sizeInBytes];
    digest.doFinal(hash, 0);
    return hash;
  }
}
