package dev.sealcheck.node.attestation;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;

/**
 * A P-384 key of an authority or a device: ECDSA with SHA-384, nonces by RFC 6979, so that the same
 * key signs the same bytes alike.
 */
final class DeviceKey {

  /** FIPS 186-5: a P-384 scalar. */
  private static final int SCALAR_SIZE_IN_BYTES = 48;

  private static final ECDomainParameters DOMAIN = domain();

  private final BigInteger scalar;
  private final byte[] point;

  private DeviceKey(BigInteger scalar) {
    this.scalar = scalar;
    this.point = DOMAIN.getG().multiply(scalar).normalize().getEncoded(false);
  }

  /** Makes a fresh key for every name. */
  static Function<String, DeviceKey> fresh(SecureRandom random) {
    return name ->
        new DeviceKey(
            BigIntegers.createRandomInRange(
                BigInteger.ONE, DOMAIN.getN().subtract(BigInteger.ONE), random));
  }

  /** Makes the same key for the same seed and name every time: whoever has the seed can sign. */
  static Function<String, DeviceKey> ofInsecureSeed(byte[] seed) {
    byte[] own = seed.clone();
    return name -> {
      byte[] wide =
          Arrays.copyOf(digest("SHA-512", own, name.getBytes(StandardCharsets.UTF_8)), 128);
      System.arraycopy(digest("SHA-512", own, Arrays.copyOf(wide, 64)), 0, wide, 64, 64);
      // Twice the size of the order, so that the remainder is as good as even.
      BigInteger last = DOMAIN.getN().subtract(BigInteger.ONE);
      return new DeviceKey(new BigInteger(1, wide).mod(last).add(BigInteger.ONE));
    };
  }

  /** The SubjectPublicKeyInfo, RFC 5480. */
  SubjectPublicKeyInfo publicKey() {
    return new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1),
        point);
  }

  /** A signature as reports carry it: r then s, 48 bytes each, big-endian. */
  byte[] signRaw(byte[] message) {
    BigInteger[] pair = sign(message);
    return ByteBuffer.allocate(2 * SCALAR_SIZE_IN_BYTES)
        .put(BigIntegers.asUnsignedByteArray(SCALAR_SIZE_IN_BYTES, pair[0]))
        .put(BigIntegers.asUnsignedByteArray(SCALAR_SIZE_IN_BYTES, pair[1]))
        .array();
  }

  /** A signature as certificates carry it: a DER sequence of r and s, RFC 3279 section 2.2.3. */
  DERSequence signSequence(byte[] message) {
    BigInteger[] pair = sign(message);
    return new DERSequence(new ASN1Integer(pair[0]), new ASN1Integer(pair[1]));
  }

  /** The first {@code sizeInBytes} of a hash of the public key: a name for it. */
  byte[] fingerprint(int sizeInBytes) {
    return Arrays.copyOf(sha384(point), sizeInBytes);
  }

  /** SHA-384 of the parts one after another: 48 bytes. */
  static byte[] sha384(byte[]... parts) {
    return digest("SHA-384", parts);
  }

  @Override
  public String toString() {
    return "DeviceKey[private key of " + SCALAR_SIZE_IN_BYTES + " bytes]";
  }

  private BigInteger[] sign(byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA384Digest()));
    signer.init(true, new ECPrivateKeyParameters(scalar, DOMAIN));
    return signer.generateSignature(sha384(message));
  }

  private static byte[] digest(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " is missing", e);
    }
  }

  private static ECDomainParameters domain() {
    X9ECParameters curve = CustomNamedCurves.getByName("secp384r1");
    return new ECDomainParameters(curve);
  }
}
