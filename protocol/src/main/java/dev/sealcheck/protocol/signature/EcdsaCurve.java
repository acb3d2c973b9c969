package dev.sealcheck.protocol.signature;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * ECDSA over SHA-256 with compressed keys, compact r‖s and low s; SEC 1 section 4.1, nonces by RFC
 * 6979.
 */
final class EcdsaCurve {

  static final EcdsaCurve SECP256K1 = new EcdsaCurve("secp256k1");
  static final EcdsaCurve SECP256R1 = new EcdsaCurve("secp256r1");

  private static final int SCALAR_SIZE_IN_BYTES = 32;

  private final ECDomainParameters domain;
  private final BigInteger halfOrder;

  private EcdsaCurve(String name) {
    X9ECParameters curve = CustomNamedCurves.getByName(name);
    domain = new ECDomainParameters(curve);
    halfOrder = domain.getN().shiftRight(1);
  }

  boolean verify(byte[] compressedKey, byte[] message, byte[] signature) {
    BigInteger r = BigIntegers.fromUnsignedByteArray(signature, 0, SCALAR_SIZE_IN_BYTES);
    BigInteger s =
        BigIntegers.fromUnsignedByteArray(signature, SCALAR_SIZE_IN_BYTES, SCALAR_SIZE_IN_BYTES);
    if (s.compareTo(halfOrder) > 0) {
      return false;
    }
    ECPoint point;
    try {
      point = domain.validatePublicPoint(domain.getCurve().decodePoint(compressedKey));
    } catch (IllegalArgumentException e) {
      // Not on the curve, or not in the compressed form: no key, so no signature by it.
      return false;
    }
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, new ECPublicKeyParameters(point, domain));
    return verifier.verifySignature(sha256(message), r, s);
  }

  byte[] publicKey(byte[] scalar) {
    return domain.getG().multiply(scalar(scalar)).normalize().getEncoded(true);
  }

  byte[] sign(byte[] scalar, byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(SHA256Digest.newInstance()));
    signer.init(true, new ECPrivateKeyParameters(scalar(scalar), domain));
    BigInteger[] pair = signer.generateSignature(sha256(message));
    BigInteger s = pair[1].compareTo(halfOrder) > 0 ? domain.getN().subtract(pair[1]) : pair[1];
    byte[] signature = Arrays.copyOf(asScalar(pair[0]), SignatureScheme.SIGNATURE_SIZE_IN_BYTES);
    System.arraycopy(asScalar(s), 0, signature, SCALAR_SIZE_IN_BYTES, SCALAR_SIZE_IN_BYTES);
    return signature;
  }

  private BigInteger scalar(byte[] scalar) {
    return domain.validatePrivateScalar(BigIntegers.fromUnsignedByteArray(scalar));
  }

  private static byte[] asScalar(BigInteger value) {
    return BigIntegers.asUnsignedByteArray(SCALAR_SIZE_IN_BYTES, value);
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }
}
