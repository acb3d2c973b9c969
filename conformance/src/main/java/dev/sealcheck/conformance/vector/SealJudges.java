package dev.sealcheck.conformance.vector;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.CannotOpen;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.Hkdf;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.Salt;
import dev.sealcheck.conformance.client.Seal;
import dev.sealcheck.conformance.client.SmallOrder;
import dev.sealcheck.conformance.client.SmallOrderKey;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.client.X25519PublicKey;

/** Agreement, derivation, seal and open (docs/PROTOCOL.md section 3). */
final class SealJudges {
  private static final int KEY_BITS = 256;
  private static final int NONCE_BITS = 8 * Nonce.LENGTH_BYTES;
  private static final int TAG_BITS = 8 * Seal.TAG_BYTES;

  private SealJudges() {}

  static Finding agreement(VectorCase one) throws OutOfScope {
    if (!one.text("curve").equals("curve25519")) {
      throw new OutOfScope("curves other than curve25519");
    }
    Finding finding = agreed(one);
    return one.hex("shared").equals(SmallOrder.SECRET)
        ? finding.decided(
            "SMALL_ORDER", "a key of small order is refused: docs/PROTOCOL.md section 3")
        : finding.decided(
            Finding.VALID,
            "every other u is taken, bit 255 ignored and p reduced: RFC 7748 section 5");
  }

  private static Finding agreed(VectorCase one) {
    X25519PublicKey peer;
    try {
      peer = new X25519PublicKey(one.hex("public"));
    } catch (IllegalArgumentException wrongSize) {
      return Finding.of("KEY_SIZE");
    }
    try {
      Bytes shared = X25519Pair.ofInsecureKnownSecret(one.hex("private")).sharedSecret(peer);
      return Finding.when(shared.equals(one.hex("shared")), "another shared secret");
    } catch (SmallOrderKey smallOrder) {
      return Finding.of("SMALL_ORDER");
    }
  }

  static Finding hkdf(VectorCase one) {
    try {
      Bytes pseudorandomKey = Hkdf.extract(one.hex("salt"), one.hex("ikm"));
      Bytes output = Hkdf.expand(pseudorandomKey, one.hex("info"), one.integer("size"));
      return Finding.when(output.equals(one.hex("okm")), "another output");
    } catch (IllegalArgumentException wrongSize) {
      return Finding.of("OUTPUT_SIZE");
    }
  }

  static Finding derivation(VectorCase one) {
    Salt salt;
    try {
      salt = new Salt(one.hex("salt"));
    } catch (IllegalArgumentException wrongSize) {
      return Finding.of("SALT_SIZE");
    }
    try {
      Derivation derivation = Derivation.of(one.hex("sharedSecret"), salt);
      return Finding.when(
          derivation.pseudorandomKey().equals(one.hex("pseudorandomKey"))
              && derivation.key().equals(one.hex("key")),
          "another key");
    } catch (IllegalArgumentException wrongSize) {
      return Finding.of("SECRET_SIZE");
    }
  }

  static Finding aead(VectorCase one) throws OutOfScope {
    if (!one.namesError()) {
      requireParameters(one);
    }
    if (!one.hex("aad").isEmpty()) {
      throw new OutOfScope("associated data");
    }
    Nonce nonce;
    try {
      nonce = new Nonce(one.hex("iv"));
    } catch (IllegalArgumentException wrongSize) {
      return Finding.of("NONCE_SIZE");
    }
    Bytes key = one.hex("key");
    Bytes sealed = Bytes.concat(one.hex("ct"), one.hex("tag"));
    try {
      Bytes opened = Seal.open(key, nonce, sealed);
      return Finding.when(
          opened.equals(one.hex("msg")) && Seal.seal(key, nonce, opened).equals(sealed),
          "another plaintext");
    } catch (CannotOpen wrongTag) {
      return Finding.of("UNDECRYPTABLE");
    } catch (IllegalArgumentException wrongSize) {
      return Finding.of("KEY_SIZE");
    }
  }

  private static void requireParameters(VectorCase one) throws OutOfScope {
    if (one.integer("keySize") != KEY_BITS) {
      throw new OutOfScope("AES keys other than " + KEY_BITS + " bits");
    }
    if (one.integer("ivSize") != NONCE_BITS) {
      throw new OutOfScope("nonces other than " + NONCE_BITS + " bits");
    }
    if (one.integer("tagSize") != TAG_BITS) {
      throw new OutOfScope("tags other than " + TAG_BITS + " bits");
    }
  }
}
