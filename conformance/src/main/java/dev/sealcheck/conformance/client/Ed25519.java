package dev.sealcheck.conformance.client;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;

/** Ed25519 on the JDK (RFC 8032 section 5.1). */
final class Ed25519 {
  private static final String NAME = "Ed25519";
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private Ed25519() {}

  static boolean verifies(Bytes publicKey, Bytes message, Bytes signature) {
    if (publicKey.length() != KEY_BYTES || signature.length() != SIGNATURE_BYTES) {
      // The JDK passes over bytes behind a signature.
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(NAME);
      verifier.initVerify(
          KeyFactory.getInstance(NAME)
              .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(publicKey))));
      verifier.update(message.content());
      return verifier.verify(signature.content());
    } catch (InvalidKeySpecException | InvalidKeyException badPoint) {
      return false;
    } catch (SignatureException badSignature) {
      return false;
    } catch (GeneralSecurityException noEd25519) {
      throw new IllegalStateException("this JDK has no Ed25519", noEd25519);
    }
  }

  static Bytes sign(PrivateKey key, Bytes message) {
    try {
      Signature signer = Signature.getInstance(NAME);
      signer.initSign(key);
      signer.update(message.content());
      return Bytes.owning(signer.sign());
    } catch (GeneralSecurityException noEd25519) {
      throw new IllegalStateException("this JDK cannot sign with Ed25519", noEd25519);
    }
  }

  /** The key's 32 bytes as RFC 8032 section 5.1.2 reads them: y, its top bit the sign of x. */
  private static EdECPoint point(Bytes publicKey) {
    byte[] bigEndian = new byte[publicKey.length()];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = (byte) publicKey.at(bigEndian.length - 1 - i);
    }
    boolean xOdd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    return new EdECPoint(xOdd, new BigInteger(1, bigEndian));
  }
}
