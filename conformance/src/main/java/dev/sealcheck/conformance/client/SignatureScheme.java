package dev.sealcheck.conformance.client;

/** The signature schemes of the envelope (docs/PROTOCOL.md section 5). */
public enum SignatureScheme {
  /** RFC 8032, over the 32 hash bytes themselves. */
  ED25519(0x00, 32) {
    @Override
    boolean verifies(Bytes publicKey, BodyHash hash, Bytes signature) {
      return Ed25519.verifies(publicKey, hash, signature);
    }
  },
  /** ECDSA on secp256k1 over the SHA-256 of the hash bytes. */
  SECP256K1(0x01, 33) {
    @Override
    boolean verifies(Bytes publicKey, BodyHash hash, Bytes signature) {
      return Secp256k1.verifies(publicKey, hash, signature);
    }
  },
  /** ECDSA on secp256r1 (P-256) over the SHA-256 of the hash bytes. */
  SECP256R1(0x02, 33) {
    @Override
    boolean verifies(Bytes publicKey, BodyHash hash, Bytes signature) {
      return Secp256r1.verifies(publicKey, hash, signature);
    }
  };

  private final int flag;
  private final int publicKeyBytes;

  SignatureScheme(int flag, int publicKeyBytes) {
    this.flag = flag;
    this.publicKeyBytes = publicKeyBytes;
  }

  /** The first byte of the envelope. */
  public int flag() {
    return flag;
  }

  /** The length of the public key in the envelope; the ECDSA ones are compressed points. */
  public int publicKeyBytes() {
    return publicKeyBytes;
  }

  /** Whether the 64-byte signature is valid; a bad point or scalar is simply not. */
  abstract boolean verifies(Bytes publicKey, BodyHash hash, Bytes signature);
}
