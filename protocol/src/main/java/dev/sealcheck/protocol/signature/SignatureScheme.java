package dev.sealcheck.protocol.signature;

import java.util.Optional;

/** The three schemes of the signature envelope, docs/PROTOCOL.md section 5. */
public enum SignatureScheme {
  /** Ed25519, RFC 8032; the public key is 32 bytes. */
  ED25519(0x00, 32),
  /** ECDSA on secp256k1 over SHA-256; the public key is a compressed point. */
  SECP256K1(0x01, 33),
  /** ECDSA on secp256r1 (P-256) over SHA-256; the public key is a compressed point. */
  SECP256R1(0x02, 33);

  /** Every scheme's signature has this size. */
  static final int SIGNATURE_SIZE_IN_BYTES = 64;

  private final byte flag;
  private final int publicKeySizeInBytes;

  SignatureScheme(int flag, int publicKeySizeInBytes) {
    this.flag = (byte) flag;
    this.publicKeySizeInBytes = publicKeySizeInBytes;
  }

  byte flag() {
    return flag;
  }

  int envelopeSizeInBytes() {
    return 1 + SIGNATURE_SIZE_IN_BYTES + publicKeySizeInBytes;
  }

  static Optional<SignatureScheme> ofFlag(byte flag) {
    for (SignatureScheme scheme : values()) {
      if (scheme.flag == flag) {
        return Optional.of(scheme);
      }
    }
    return Optional.empty();
  }
}
