package dev.sealcheck.conformance.client;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.util.Optional;

/** ECDSA on secp256r1 by the JDK (FIPS 186-5; SEC 1 section 2.3.4 for compressed points). */
final class Secp256r1 {
  private static final String CURVE = "secp256r1";
  private static final String SCHEME = "SHA256withECDSAinP1363Format";
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private Secp256r1() {}

  static boolean verifies(Bytes publicKey, Bytes message, Bytes signature) {
    try {
      ECParameterSpec curve = curve();
      Optional<ECPoint> point = decompress(publicKey, curve);
      if (point.isEmpty() || !CompactEcdsa.inRange(signature, curve.getOrder())) {
        return false;
      }
      PublicKey key =
          KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point.get(), curve));
      Signature verifier = Signature.getInstance(SCHEME);
      verifier.initVerify(key);
      verifier.update(message.content());
      return verifier.verify(signature.content());
    } catch (InvalidKeySpecException | InvalidKeyException | SignatureException badValue) {
      return false;
    } catch (GeneralSecurityException noCurve) {
      throw new IllegalStateException("this JDK has no " + CURVE, noCurve);
    }
  }

  static Bytes sign(PrivateKey key, Bytes message) {
    try {
      Signature signer = Signature.getInstance(SCHEME);
      signer.initSign(key);
      signer.update(message.content());
      Bytes any = Bytes.owning(signer.sign());
      return CompactEcdsa.lowS(CompactEcdsa.r(any), CompactEcdsa.s(any), curve().getOrder());
    } catch (GeneralSecurityException noCurve) {
      throw new IllegalStateException("this JDK cannot sign on " + CURVE, noCurve);
    }
  }

  static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException noCurve) {
      throw new IllegalStateException("this JDK has no " + CURVE, noCurve);
    }
  }

  /** The compressed public key, 33 bytes. */
  static Bytes compressed(PublicKey key) {
    ECPoint point = ((ECPublicKey) key).getW();
    byte sign = (byte) (point.getAffineY().testBit(0) ? 3 : 2);
    return Bytes.concat(Bytes.owning(new byte[] {sign}), CompactEcdsa.fixed(point.getAffineX()));
  }

  /** The order of the base point. */
  static BigInteger order() {
    try {
      return curve().getOrder();
    } catch (GeneralSecurityException noCurve) {
      throw new IllegalStateException("this JDK has no " + CURVE, noCurve);
    }
  }

  /** The point of a compressed key, empty where x is no coordinate of the curve. */
  private static Optional<ECPoint> decompress(Bytes compressed, ECParameterSpec curve) {
    BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger x = new BigInteger(1, compressed.slice(1, compressed.length()).content());
    if (x.compareTo(p) >= 0) {
      return Optional.empty();
    }
    BigInteger square =
        x.modPow(THREE, p)
            .add(curve.getCurve().getA().multiply(x))
            .add(curve.getCurve().getB())
            .mod(p);
    // p = 3 mod 4, so this power is a root wherever there is one.
    BigInteger y = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    if (!y.multiply(y).mod(p).equals(square)) {
      return Optional.empty();
    }
    boolean wantsOdd = compressed.at(0) == 3;
    return Optional.of(new ECPoint(x, y.testBit(0) == wantsOdd ? y : p.subtract(y)));
  }

  private static ECParameterSpec curve() throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(CURVE));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }
}
