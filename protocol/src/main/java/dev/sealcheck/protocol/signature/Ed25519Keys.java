package dev.sealcheck.protocol.signature;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Ed25519 on raw bytes, RFC 8032 section 5.1. */
final class Ed25519Keys {

  static final int SEED_SIZE_IN_BYTES = Ed25519.SECRET_KEY_SIZE;

  private Ed25519Keys() {}

  static byte[] publicKey(byte[] seed) {
    byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    return publicKey;
  }

  static byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
  }
}
