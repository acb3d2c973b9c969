package dev.sealcheck.protocol.signature;

import dev.sealcheck.protocol.wire.BodyHash;
import java.security.SecureRandom;
import java.util.Arrays;

/** A private key that signs 32 hash bytes and nothing else; docs/PROTOCOL.md section 5. */
public final class SigningKey {

  private static final int SECRET_SIZE_IN_BYTES = Ed25519Keys.SEED_SIZE_IN_BYTES;

  private final SignatureScheme scheme;
  private final byte[] secret;
  private final byte[] publicKey;

  private SigningKey(SignatureScheme scheme, byte[] secret) {
    this.scheme = scheme;
    this.secret = secret.clone();
    this.publicKey =
        switch (scheme) {
          case ED25519 -> Ed25519Keys.publicKey(secret);
          case SECP256K1 -> EcdsaCurve.SECP256K1.publicKey(secret);
          case SECP256R1 -> EcdsaCurve.SECP256R1.publicKey(secret);
        };
  }

  /**
   * A key from its 32 secret bytes: an Ed25519 seed, or a big-endian scalar.
   *
   * @throws IllegalArgumentException if there are not 32 bytes, or they are no scalar of the curve
   */
  public static SigningKey of(SignatureScheme scheme, byte[] secret) {
    if (secret.length != SECRET_SIZE_IN_BYTES) {
      throw new IllegalArgumentException(
          "a signing key is " + SECRET_SIZE_IN_BYTES + " bytes, not " + secret.length);
    }
    return new SigningKey(scheme, secret);
  }

  /** A fresh Ed25519 key. */
  public static SigningKey generateEd25519(SecureRandom random) {
    byte[] seed = new byte[SECRET_SIZE_IN_BYTES];
    random.nextBytes(seed);
    try {
      return of(SignatureScheme.ED25519, seed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** Signs the 32 bytes of {@code hash}. */
  public SignatureEnvelope sign(BodyHash hash) {
    byte[] message = hash.toArray();
    byte[] signature =
        switch (scheme) {
          case ED25519 -> Ed25519Keys.sign(secret, publicKey, message);
          case SECP256K1 -> EcdsaCurve.SECP256K1.sign(secret, message);
          case SECP256R1 -> EcdsaCurve.SECP256R1.sign(secret, message);
        };
    return new SignatureEnvelope(scheme, signature, publicKey.clone());
  }

  /** The address of this key. */
  public Address address() {
    return Address.of(scheme, publicKey);
  }

  byte[] secret() {
    return secret.clone();
  }

  SignatureScheme scheme() {
    return scheme;
  }

  @Override
  public String toString() {
    return "SigningKey[" + scheme + ", " + address() + "]";
  }
}
