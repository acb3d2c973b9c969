package dev.sealcheck.conformance.vector;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.CannotOpen;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.Hkdf;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.Salt;
import dev.sealcheck.conformance.client.Seal;
import dev.sealcheck.conformance.client.SmallOrderKey;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps of agreement, derivation, seal and open (docs/PROTOCOL.md section 3). */
final class SealSteps {
  private SealSteps() {}

  static List<Step> agreement(VectorCase one) {
    List<Step> steps = new ArrayList<>();
    Bytes publicKey = one.hex("public");
    if (publicKey.length() == X25519PublicKey.LENGTH_BYTES) {
      shared(steps, one.hex("private"), new X25519PublicKey(publicKey));
    } else {
      steps.add(
          new Step(
              "A public key has 32 bytes",
              "RFC 7748 section 5",
              List.of(Value.bytes("public key", publicKey))));
    }
    return steps;
  }

  /** Adds the step and gives the secret, empty for a key of small order. */
  static Optional<Bytes> shared(List<Step> steps, Bytes secret, X25519PublicKey peer) {
    byte[] clamped = secret.toArray();
    clamped[0] &= (byte) 0xf8;
    clamped[31] = (byte) ((clamped[31] & 0x7f) | 0x40);
    byte[] u = peer.bytes().toArray();
    u[31] &= 0x7f;
    Optional<Bytes> shared;
    try {
      shared = Optional.of(X25519Pair.ofInsecureKnownSecret(secret).sharedSecret(peer));
    } catch (SmallOrderKey smallOrder) {
      shared = Optional.empty();
    }
    steps.add(
        new Step(
            "Shared secret",
            "X25519( own secret key, the other's public key ), RFC 7748 section 5",
            List.of(
                Value.bytes("own secret key", secret),
                Value.bytes("clamped", Bytes.owning(clamped)),
                Value.bytes("the other's public key", peer.bytes()),
                Value.bytes("u, without bit 255", Bytes.owning(u)),
                shared
                    .map(bytes -> Value.bytes("shared secret", bytes))
                    .orElse(
                        Value.text(
                            "shared secret", "32 zero bytes: a key of small order, refused")))));
    return shared;
  }

  static List<Step> hkdf(VectorCase one) {
    Bytes prk = Hkdf.extract(one.hex("salt"), one.hex("ikm"));
    Value output;
    try {
      output = Value.bytes("output", Hkdf.expand(prk, one.hex("info"), one.integer("size")));
    } catch (IllegalArgumentException tooLong) {
      output = Value.text("output", "refused: more than 255 blocks of 32 bytes, or none");
    }
    return List.of(
        extract(one.hex("ikm"), one.hex("salt"), prk),
        new Step(
            "Output key material",
            "HKDF-Expand: T(i) = HMAC-SHA-256( pseudorandom key, T(i-1) ‖ info ‖ i ), RFC 5869"
                + " section 2.3",
            List.of(
                Value.bytes("info", one.hex("info")),
                Value.text("size", one.integer("size") + " bytes"),
                output)));
  }

  static List<Step> derivation(VectorCase one) {
    Bytes salt = one.hex("salt");
    Bytes secret = one.hex("sharedSecret");
    if (salt.length() != Salt.LENGTH_BYTES || secret.length() != X25519PublicKey.LENGTH_BYTES) {
      return List.of(
          new Step(
              "A shared secret has 32 bytes, a salt 16",
              "docs/PROTOCOL.md sections 2 and 3",
              List.of(Value.bytes("shared secret", secret), Value.bytes("salt", salt))));
    }
    return derivation(Derivation.of(secret, new Salt(salt)));
  }

  static List<Step> derivation(Derivation derivation) {
    return List.of(
        extract(derivation.sharedSecret(), derivation.salt().bytes(), derivation.pseudorandomKey()),
        new Step(
            "Key",
            "HKDF-Expand with empty info: HMAC-SHA-256( pseudorandom key, 0x01 )",
            List.of(Value.bytes("key", derivation.key()))));
  }

  private static Step extract(Bytes secret, Bytes salt, Bytes prk) {
    return new Step(
        "Pseudorandom key",
        "HKDF-Extract: HMAC-SHA-256( key: salt, message: secret ), RFC 5869 section 2.2",
        List.of(
            Value.bytes("secret", secret),
            Value.bytes("salt", salt),
            Value.bytes("pseudorandom key", prk)));
  }

  static Step aead(VectorCase one) {
    Bytes sealed = Bytes.concat(one.hex("ct"), one.hex("tag"));
    return opening(one.hex("key"), one.hex("iv"), sealed);
  }

  /** What comes out of a ciphertext with its tag last, if anything does. */
  static Optional<Bytes> open(Bytes key, Bytes nonce, Bytes sealed) {
    try {
      return Optional.of(Seal.open(key, new Nonce(nonce), sealed));
    } catch (CannotOpen | IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  static Step opening(Bytes key, Bytes nonce, Bytes sealed) {
    int tagAt = Math.max(0, sealed.length() - Seal.TAG_BYTES);
    List<Value> values = new ArrayList<>();
    values.add(Value.bytes("key", key));
    values.add(Value.bytes("nonce", nonce));
    values.add(Value.bytes("ciphertext", sealed.slice(0, tagAt)));
    values.add(Value.bytes("tag", sealed.slice(tagAt, sealed.length())));
    Optional<Bytes> plaintext = open(key, nonce, sealed);
    if (plaintext.isPresent()) {
      values.add(Value.bytes("plaintext", plaintext.get()));
      values.add(Value.readable("as text", plaintext.get()));
    } else {
      values.add(Value.text("plaintext", "none: the tag does not verify, or a size is wrong"));
    }
    return new Step(
        "Open", "AES-256-GCM, 12 bytes of nonce, no associated data; NIST SP 800-38D", values);
  }
}
