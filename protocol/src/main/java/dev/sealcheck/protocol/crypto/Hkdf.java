package dev.sealcheck.protocol.crypto;

import dev.sealcheck.protocol.wire.Salt;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** HKDF-SHA-256, RFC 5869. */
final class Hkdf {

  private static final byte[] NO_INFO = {};

  private Hkdf() {}

  static byte[] derive(byte[] inputKeyMaterial, byte[] salt, byte[] info, int sizeInBytes) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(SHA256Digest.newInstance());
    hkdf.init(new HKDFParameters(inputKeyMaterial, salt, info));
    byte[] output = new byte[sizeInBytes];
    hkdf.generateBytes(output, 0, sizeInBytes);
    return output;
  }

  /** The protocol's one derivation: docs/PROTOCOL.md section 3. */
  static SealingKey sealingKey(byte[] sharedSecret, Salt salt) {
    if (sharedSecret.length != X25519.POINT_SIZE) {
      throw new IllegalArgumentException(
          "shared secret must be " + X25519.POINT_SIZE + " bytes, not " + sharedSecret.length);
    }
    byte[] key = derive(sharedSecret, salt.toArray(), NO_INFO, SealingKey.SIZE_IN_BYTES);
    try {
      return new SealingKey(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
