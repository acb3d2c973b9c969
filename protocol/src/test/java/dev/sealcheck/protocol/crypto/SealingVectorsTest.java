package dev.sealcheck.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.vector.VectorCase;
import dev.sealcheck.protocol.wire.Ciphertext;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.Salt;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.DataLengthException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Agreement, derivation, seal and open against vectors/x25519, hkdf and seal. */
class SealingVectorsTest {

  private static final Salt SALT = Salt.copyOf(new byte[Salt.SIZE_IN_BYTES]);

  static List<VectorCase> agreements() {
    return VectorCase.all("x25519", "XdhComp");
  }

  static List<VectorCase> hkdfs() {
    return VectorCase.all("hkdf", "HkdfTest");
  }

  static List<VectorCase> derivations() {
    return VectorCase.all("hkdf", "DerivationTest");
  }

  static List<VectorCase> seals() {
    return VectorCase.all("seal", "AeadTest");
  }

  @ParameterizedTest
  @MethodSource("agreements")
  void agreesOnEverySharedSecret(VectorCase one) {
    assertThat(agreement(one)).isEqualTo(one.expected());
  }

  private static String agreement(VectorCase one) {
    X25519PublicKey peer;
    try {
      peer = X25519PublicKey.copyOf(one.hex("public"));
    } catch (IllegalArgumentException e) {
      return "KEY_SIZE";
    }
    try {
      // The shared secret never leaves the pair; the key that follows from it tells as much.
      SealingKey key = AgreementKeyPair.ofInsecureKnownKey(one.hex("private")).derive(peer, SALT);
      SealingKey expected = Hkdf.sealingKey(one.hex("shared"), SALT);
      return Arrays.equals(key.fingerprint(), expected.fingerprint()) ? "valid" : "other secret";
    } catch (UndecryptableException e) {
      return "SMALL_ORDER";
    }
  }

  @ParameterizedTest
  @MethodSource("hkdfs")
  void derivesAsRfc5869Says(VectorCase one) {
    assertThat(okm(one)).isEqualTo(one.isValid() ? one.text("okm") : one.text("error"));
  }

  private static String okm(VectorCase one) {
    try {
      return hex(
          Hkdf.derive(
              one.hex("ikm"),
              one.hex("salt"),
              one.hex("info"),
              one.test().path("size").intValue()));
    } catch (DataLengthException e) {
      return "OUTPUT_SIZE";
    }
  }

  @ParameterizedTest
  @MethodSource("derivations")
  void derivesTheKeyOfEveryRequest(VectorCase one) {
    assertThat(derivation(one)).isEqualTo(one.expected());
  }

  private static String derivation(VectorCase one) {
    Salt salt;
    try {
      salt = Salt.copyOf(one.hex("salt"));
    } catch (IllegalArgumentException e) {
      return "SALT_SIZE";
    }
    try {
      SealingKey key = Hkdf.sealingKey(one.hex("sharedSecret"), salt);
      SealingKey expected = new SealingKey(one.hex("key"));
      return Arrays.equals(key.fingerprint(), expected.fingerprint()) ? "valid" : "other key";
    } catch (IllegalArgumentException e) {
      return "SECRET_SIZE";
    }
  }

  @ParameterizedTest
  @MethodSource("seals")
  void sealsAndOpensAsTheFileSays(VectorCase one) {
    assertThat(sealing(one)).isEqualTo(one.expected());
  }

  private static String sealing(VectorCase one) {
    Nonce nonce;
    try {
      nonce = Nonce.copyOf(one.hex("iv"));
    } catch (IllegalArgumentException e) {
      return "NONCE_SIZE";
    }
    SealingKey key;
    try {
      key = new SealingKey(one.hex("key"));
    } catch (IllegalArgumentException e) {
      return "KEY_SIZE";
    }
    Ciphertext sealed =
        Ciphertext.owning(HexFormat.of().parseHex(one.text("ct") + one.text("tag")));
    try {
      assertThat(hex(key.open(nonce, sealed))).isEqualTo(one.text("msg"));
    } catch (UndecryptableException e) {
      return "UNDECRYPTABLE";
    }
    assertThat(key.seal(nonce, one.hex("msg")).lend()).isEqualTo(sealed.lend());
    return "valid";
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
