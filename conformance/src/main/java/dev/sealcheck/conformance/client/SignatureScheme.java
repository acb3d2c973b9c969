package dev.sealcheck.conformance.client;

/** The signature schemes of the envelope (docs/PROTOCOL.md section 5). */
public enum SignatureScheme {
  /** RFC 8032, over the 32 hash bytes themselves. */
  ED25519(0x00, 32) {
    @Override
    public boolean verifies(Bytes publicKey, Bytes message, Bytes signature) {
      return Ed25519.verifies(publicKey, message, signature);
    }
  },
  /** ECDSA on secp256k1 over the SHA-256 of the hash bytes. */
  SECP256K1(0x01, 33) {
    @Override
    public boolean verifies(Bytes publicKey, Bytes message, Bytes signature) {
      return Secp256k1.verifies(publicKey, message, signature);
    }
  },
  /** ECDSA on secp256r1 (P-256) over the SHA-256 of the hash bytes. */
  SECP256R1(0x02, 33) {
    @Override
    public boolean verifies(Bytes publicKey, Bytes message, Bytes signature) {
      return Secp256r1.verifies(publicKey, message, signature);
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

  /**
   * Whether the signature is valid; a bad point, scalar or length and a high s are simply not.
   *
   * @param publicKey in the envelope's form
   * @param message in the protocol the 32 bytes of a hash
   * @param signature 64 bytes where it can be valid
   */
  public abstract boolean verifies(Bytes publicKey, Bytes message, Bytes signature);
}
