package dev.sealcheck.conformance.client;

import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;

/** ECDSA on secp256k1 (SEC 2 section 2.4.1) by Bouncy Castle; the JDK has dropped this curve. */
final class Secp256k1 {
  private static final ECDomainParameters DOMAIN =
      new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));

  private Secp256k1() {}

  static boolean verifies(Bytes publicKey, Bytes message, Bytes signature) {
    if (!CompactEcdsa.inRange(signature, DOMAIN.getN())) {
      return false;
    }
    ECPoint point;
    try {
      point = DOMAIN.validatePublicPoint(DOMAIN.getCurve().decodePoint(publicKey.content()));
    } catch (IllegalArgumentException notOnTheCurve) {
      return false;
    }
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, new ECPublicKeyParameters(point, DOMAIN));
    return verifier.verifySignature(
        CompactEcdsa.sha256(message), CompactEcdsa.r(signature), CompactEcdsa.s(signature));
  }

  /** Signs with the k of RFC 6979, low s. */
  static Bytes sign(BigInteger secret, Bytes message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, DOMAIN));
    BigInteger[] rs = signer.generateSignature(CompactEcdsa.sha256(message));
    return CompactEcdsa.lowS(rs[0], rs[1], DOMAIN.getN());
  }

  /** The compressed public key, 33 bytes. */
  static Bytes publicKey(BigInteger secret) {
    return Bytes.owning(DOMAIN.getG().multiply(secret).normalize().getEncoded(true));
  }

  static BigInteger order() {
    return DOMAIN.getN();
  }
}
