package dev.sealcheck.conformance.vector;

import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.attestation.ServedEvidence;
import dev.sealcheck.conformance.client.Blake2b;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.X25519PublicKey;

/** Hashes of bodies and what binds evidence to a key (docs/PROTOCOL.md section 4). */
final class HashJudges {
  private static final String MISMATCH = "HASH_MISMATCH";

  private HashJudges() {}

  static Finding blake2b(VectorCase one) {
    Bytes hash = Blake2b.digest(one.hex("msg"), one.integer("digestSize") / 8);
    return Finding.when(hash.equals(one.hex("hash")), MISMATCH);
  }

  static Finding blake3(VectorCase one) {
    return Finding.when(KeyBinding.blake3(one.hex("msg")).equals(one.hex("hash")), MISMATCH);
  }

  static Finding gpuNonce(VectorCase one) {
    long contractNonce;
    try {
      contractNonce = KeyBinding.parseNonce(one.text("contractNonce"));
    } catch (MalformedAnswer notHex) {
      return Finding.of("MALFORMED");
    }
    X25519PublicKey key;
    try {
      key = new X25519PublicKey(one.hex("publicKey"));
    } catch (IllegalArgumentException wrongSize) {
      return Finding.of("KEY_SIZE");
    }
    Bytes nonce = new KeyBinding(contractNonce, key).gpuNonce();
    return Finding.when(nonce.equals(one.hex("gpuNonce")), "NONCE_MISMATCH");
  }

  static Finding evidencePut(VectorCase one) {
    Bytes hash =
        ServedEvidence.signedHash(
                Long.parseLong(one.text("nodeSmallId")), one.hex("compressedEvidence"))
            .bytes();
    return Finding.when(hash.equals(one.hex("hash")), MISMATCH);
  }
}
