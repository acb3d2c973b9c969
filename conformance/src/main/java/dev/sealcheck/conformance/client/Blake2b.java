package dev.sealcheck.conformance.client;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/** BLAKE2b without a key (RFC 7693); the protocol's own hash is {@link BodyHash}. */
public final class Blake2b {
  private Blake2b() {}

  /**
   * The hash of {@code input}.
   *
   * @param lengthBytes 1 to 64; each length is a hash of its own
   * @throws IllegalArgumentException if the length is another
   */
  public static Bytes digest(Bytes input, int lengthBytes) {
    Blake2bDigest digest = new Blake2bDigest(8 * lengthBytes);
    digest.update(input.content(), 0, input.length());
    byte[] hash = new byte[lengthBytes];
    digest.doFinal(hash, 0);
    return Bytes.owning(hash);
  }
}
