package dev.sealcheck.conformance.client;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** An X25519 key pair on the JDK's XDH (RFC 7748 section 5); it never prints its secret. */
public final class X25519Pair {
  private static final String XDH = "XDH";
  private static final int KEY_BYTES = X25519PublicKey.LENGTH_BYTES;
  private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

  private final PrivateKey secret;
  private final X25519PublicKey publicKey;

  private X25519Pair(Bytes rawSecret) {
    try {
      this.secret =
          KeyFactory.getInstance(XDH)
              .generatePrivate(
                  new XECPrivateKeySpec(NamedParameterSpec.X25519, rawSecret.toArray()));
      // The JDK derives no public key from a private one; the base point does.
      this.publicKey = new X25519PublicKey(agree(BASE_POINT));
    } catch (GeneralSecurityException noXdh) {
      throw new IllegalStateException("this JDK has no X25519", noXdh);
    }
  }

  /** A fresh pair from the system's random source. */
  public static X25519Pair fresh() {
    return new X25519Pair(Bytes.random(KEY_BYTES));
  }

  /**
   * The pair of a known secret, for vectors only.
   *
   * @param secret 32 bytes, clamped as RFC 7748 says when used
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static X25519Pair ofInsecureKnownSecret(Bytes secret) {
    if (secret.length() != KEY_BYTES) {
      throw new IllegalArgumentException("secret of " + secret.length() + " bytes: 32 allowed");
    }
    return new X25519Pair(secret);
  }

  /** The public key. */
  public X25519PublicKey publicKey() {
    return publicKey;
  }

  /**
   * The shared secret, 32 bytes; bit 255 of the peer's key is ignored and a value of p or more is
   * reduced (RFC 7748 section 5).
   *
   * @throws SmallOrderKey if the peer's key has small order
   */
  public Bytes sharedSecret(X25519PublicKey peer) {
    byte[] bigEndian = reversed(peer.bytes().content());
    bigEndian[0] &= 0x7f;
    try {
      return agree(new BigInteger(1, bigEndian));
    } catch (InvalidKeyException smallOrder) {
      // The JDK refuses a u-coordinate of 255 bits for this one reason.
      throw new SmallOrderKey();
    } catch (GeneralSecurityException noXdh) {
      throw new IllegalStateException("this JDK has no X25519", noXdh);
    }
  }

  private Bytes agree(BigInteger u) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance(XDH);
    agreement.init(secret);
    agreement.doPhase(
        KeyFactory.getInstance(XDH)
            .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u)),
        true);
    return Bytes.owning(agreement.generateSecret());
  }

  private static byte[] reversed(byte[] littleEndian) {
    byte[] turned = new byte[littleEndian.length];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = littleEndian[turned.length - 1 - i];
    }
    return turned;
  }

  @Override
  public String toString() {
    return "X25519Pair[" + publicKey.base64() + "]";
  }
}
