package dev.sealcheck.protocol.crypto;

import dev.sealcheck.protocol.wire.Salt;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * An X25519 key pair whose private half never leaves this object; RFC 7748 section 5. Safe for use
 * by many threads until it is erased.
 */
public final class AgreementKeyPair {

  private final byte[] privateKey;
  private final X25519PublicKey publicKey;
  private boolean erased;

  private AgreementKeyPair(byte[] privateKey) {
    this.privateKey = privateKey;
    byte[] point = new byte[X25519.POINT_SIZE];
    X25519.generatePublicKey(privateKey, 0, point, 0);
    this.publicKey = X25519PublicKey.copyOf(point);
  }

  /** A fresh pair from {@code random}. */
  public static AgreementKeyPair generate(SecureRandom random) {
    byte[] privateKey = new byte[X25519.SCALAR_SIZE];
    X25519.generatePrivateKey(random, privateKey);
    return new AgreementKeyPair(privateKey);
  }

  /**
   * A pair from a known private key: for vectors and tests only.
   *
   * @throws IllegalArgumentException if it is not 32 bytes
   */
  public static AgreementKeyPair ofInsecureKnownKey(byte[] privateKey) {
    if (privateKey.length != X25519.SCALAR_SIZE) {
      throw new IllegalArgumentException(
          "private key must be " + X25519.SCALAR_SIZE + " bytes, not " + privateKey.length);
    }
    return new AgreementKeyPair(privateKey.clone());
  }

  /** The public half. */
  public X25519PublicKey publicKey() {
    return publicKey;
  }

  /**
   * The key that both sides derive: X25519, then HKDF-SHA-256 with {@code salt} and empty info.
   *
   * @param peer the peer's public key; bit 255 is ignored as RFC 7748 says
   * @throws UndecryptableException if the peer's key is of small order, so that the shared secret
   *     would be all zero
   * @throws IllegalStateException if this pair was erased
   */
  public SealingKey derive(X25519PublicKey peer, Salt salt) throws UndecryptableException {
    byte[] sharedSecret = new byte[X25519.POINT_SIZE];
    try {
      if (!agree(peer, sharedSecret)) {
        throw new UndecryptableException();
      }
      return Hkdf.sealingKey(sharedSecret, salt);
    } finally {
      Arrays.fill(sharedSecret, (byte) 0);
    }
  }

  private synchronized byte[] copyOfPrivateKey() {
    if (erased) {
      throw new IllegalStateException("the key pair was erased");
    }
    return privateKey.clone();
  }

  private boolean agree(X25519PublicKey peer, byte[] sharedSecret) {
    byte[] scalar = copyOfPrivateKey();
    try {
      return X25519.calculateAgreement(scalar, 0, peer.toArray(), 0, sharedSecret, 0);
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
  }

  /** Overwrites the private half; keys derived before stay usable. */
  public synchronized void erase() {
    erased = true;
    Arrays.fill(privateKey, (byte) 0);
  }

  @Override
  public String toString() {
    return "AgreementKeyPair[private key of " + X25519.SCALAR_SIZE + " bytes]";
  }
}
