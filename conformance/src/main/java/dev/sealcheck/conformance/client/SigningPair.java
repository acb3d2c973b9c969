package dev.sealcheck.conformance.client;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** A signing key pair of any of the three schemes; it prints its address, never its secret. */
public final class SigningPair {
  private static final int SEED_BYTES = 32;
  private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String PEM_END = "-----END PRIVATE KEY-----";

  private final SignatureScheme scheme;
  private final Bytes publicKey;
  private final UnaryOperator<Bytes> signer;
  // Only Ed25519 keys are written to files; null for the others.
  private final PrivateKey storable;

  private SigningPair(
      SignatureScheme scheme, Bytes publicKey, UnaryOperator<Bytes> signer, PrivateKey storable) {
    this.scheme = scheme;
    this.publicKey = publicKey;
    this.signer = signer;
    this.storable = storable;
  }

  /** A fresh Ed25519 pair from the system's random source. */
  public static SigningPair generate() {
    return ofInsecureKnownSeed(Bytes.random(SEED_BYTES));
  }

  /** A fresh pair of {@code scheme} from the system's random source. */
  public static SigningPair generate(SignatureScheme scheme) {
    return switch (scheme) {
      case ED25519 -> generate();
      case SECP256K1 -> freshSecp256k1();
      case SECP256R1 -> freshSecp256r1();
    };
  }

  /**
   * The Ed25519 pair of a known seed, for vectors and key files only.
   *
   * @param seed 32 bytes (RFC 8032 section 5.1.5)
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static SigningPair ofInsecureKnownSeed(Bytes seed) {
    if (seed.length() != SEED_BYTES) {
      throw new IllegalArgumentException("seed of " + seed.length() + " bytes: 32 allowed");
    }
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed.toArray()));
      // The JDK derives no public key from a seed.
      Bytes publicKey =
          Bytes.owning(
              new Ed25519PrivateKeyParameters(seed.toArray()).generatePublicKey().getEncoded());
      return new SigningPair(
          SignatureScheme.ED25519, publicKey, message -> Ed25519.sign(key, message), key);
    } catch (GeneralSecurityException noEd25519) {
      throw new IllegalStateException("this JDK has no Ed25519", noEd25519);
    }
  }

  /**
   * Reads an Ed25519 key from PKCS#8 PEM (RFC 7468 section 10, RFC 8410).
   *
   * @throws IllegalArgumentException if {@code pem} is not that; the message holds none of it
   */
  public static SigningPair fromPem(String pem) {
    String body = pem.strip();
    if (!body.startsWith(PEM_BEGIN) || !body.endsWith(PEM_END)) {
      throw new IllegalArgumentException("not one PEM block of type PRIVATE KEY");
    }
    body = body.substring(PEM_BEGIN.length(), body.length() - PEM_END.length());
    try {
      byte[] der = Base64.getMimeDecoder().decode(body);
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
      byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
      return ofInsecureKnownSeed(Bytes.owning(seed));
    } catch (GeneralSecurityException | IllegalArgumentException notEd25519) {
      throw new IllegalArgumentException("not an Ed25519 key in PKCS#8");
    }
  }

  /**
   * The secret as PKCS#8 PEM, for a key file that only its owner may read.
   *
   * @throws IllegalStateException unless this is an Ed25519 pair
   */
  public String pem() {
    if (storable == null) {
      throw new IllegalStateException("key files hold Ed25519 keys, this is " + scheme);
    }
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return PEM_BEGIN + "\n" + lines.encodeToString(storable.getEncoded()) + "\n" + PEM_END + "\n";
  }

  /** The signature envelope over the 32 hash bytes. */
  public SignatureEnvelope sign(BodyHash hash) {
    return new SignatureEnvelope(scheme, signatureOver(hash.bytes()), publicKey);
  }

  /** The bare signature over any message, for the RFC's examples. */
  Bytes signatureOver(Bytes message) {
    return signer.apply(message);
  }

  /** The scheme. */
  public SignatureScheme scheme() {
    return scheme;
  }

  /** The public key as the envelope carries it. */
  public Bytes publicKey() {
    return publicKey;
  }

  /** The address that its envelopes name. */
  public String address() {
    return SignatureEnvelope.addressOf(scheme, publicKey);
  }

  @Override
  public String toString() {
    return "SigningPair[" + scheme + " " + address() + "]";
  }

  private static SigningPair freshSecp256k1() {
    BigInteger secret;
    do {
      secret = new BigInteger(1, Bytes.random(SEED_BYTES).toArray());
    } while (secret.signum() == 0 || secret.compareTo(Secp256k1.order()) >= 0);
    BigInteger chosen = secret;
    return new SigningPair(
        SignatureScheme.SECP256K1,
        Secp256k1.publicKey(chosen),
        message -> Secp256k1.sign(chosen, message),
        null);
  }

  private static SigningPair freshSecp256r1() {
    KeyPair pair = Secp256r1.generate();
    return new SigningPair(
        SignatureScheme.SECP256R1,
        Secp256r1.compressed(pair.getPublic()),
        message -> Secp256r1.sign(pair.getPrivate(), message),
        null);
  }
}
