package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.client.Bytes;
import java.math.BigInteger;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * A P-384 pair of an emulated authority or device. Signatures are those of RFC 6979, so that seeded
 * vectors come out the same every time.
 */
final class EmulatedKey {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("P-384");
  private static final ECDomainParameters P384 = new ECDomainParameters(CURVE);
  private static final int SEED_BYTES = 64;
  private static final int SCALAR_BYTES = 48;

  private final BigInteger secret;
  private final SubjectPublicKeyInfo publicKey;

  private EmulatedKey(BigInteger secret) {
    this.secret = secret;
    byte[] point = new FixedPointCombMultiplier().multiply(P384.getG(), secret).getEncoded(false);
    this.publicKey =
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(
                X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1),
            point);
  }

  /** The pair for one purpose. */
  static EmulatedKey of(DeviceRandomness randomness, String purpose) {
    BigInteger wide = new BigInteger(1, randomness.bytes("key " + purpose, SEED_BYTES).toArray());
    return new EmulatedKey(wide.mod(P384.getN().subtract(BigInteger.ONE)).add(BigInteger.ONE));
  }

  /** The public half as certificates hold it. */
  SubjectPublicKeyInfo publicKey() {
    return publicKey;
  }

  /** r then s over the SHA-384 of {@code message}; 48 bytes each, big-endian. */
  Bytes signRaw(Bytes message) {
    return signRaw(message, SHA384Digest::new);
  }

  /** As the other one, over another digest. */
  Bytes signRaw(Bytes message, Supplier<Digest> digest) {
    BigInteger[] signature = sign(message, digest.get());
    return Bytes.concat(scalar(signature[0]), scalar(signature[1]));
  }

  /** The signature as certificates hold it: a DER SEQUENCE of both. */
  DERSequence signDer(Bytes message) {
    ASN1EncodableVector both = new ASN1EncodableVector();
    for (BigInteger scalar : sign(message, new SHA384Digest())) {
      both.add(new ASN1Integer(scalar));
    }
    return new DERSequence(both);
  }

  private BigInteger[] sign(Bytes message, Digest digest) {
    byte[] hash = new byte[digest.getDigestSize()];
    digest.update(message.toArray(), 0, message.length());
    digest.doFinal(hash, 0);
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA384Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, P384));
    return signer.generateSignature(hash);
  }

  private static Bytes scalar(BigInteger value) {
    return Bytes.owning(BigIntegers.asUnsignedByteArray(SCALAR_BYTES, value));
  }
}
