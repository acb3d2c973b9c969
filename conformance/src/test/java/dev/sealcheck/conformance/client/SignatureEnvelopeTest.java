package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/PROTOCOL.md section 5; the ECDSA envelopes were made with OpenSSL 3. */
class SignatureEnvelopeTest {
  private static final String K1_LOW =
      "AZUGhO+ZbZEWmQd9YpOASR820JxHrcQGPeWLGJ8V0R1HXN5RAwUmPX8CNECjT0t5Cb7gIXYik5jTYszcP2FDKFwC"
          + "HADbFmSvmJWPZkcn4F5ABml+/krEr6+ob5/DJXdB2TY=";
  private static final String K1_HIGH =
      "AZUGhO+ZbZEWmQd9YpOASR820JxHrcQGPeWLGJ8V0R1HoyGu/PrZwoD9y79csLSG9PvOu3CMtQdoXQWCTW7zGOUC"
          + "HADbFmSvmJWPZkcn4F5ABml+/krEr6+ob5/DJXdB2TY=";
  private static final String R1_LOW =
      "Al/5shXHTvM9KUJezsSTQgOR4Myyoi27CorOpEgUkw5dNS/Ppt2Qjwvf9eVgsQY7tJtX0Io78AOEm5tZI/CWo3EC"
          + "Db0dfkjIfv27ehHlQ/6T87jct1Do3uDdJOBDEcXWscE=";
  private static final String R1_HIGH =
      "Al/5shXHTvM9KUJezsSTQgOR4Myyoi27CorOpEgUkw5dytAwWCJvcPUgChqfTvnESyGPKiNrJ5sAWB5xnwvMgeAC"
          + "Db0dfkjIfv27ehHlQ/6T87jct1Do3uDdJOBDEcXWscE=";

  @Test
  void signsAndVerifiesTheProtocolsVector() {
    SigningPair pair = SigningPair.ofInsecureKnownSeed(Vector.repeated(7, 32));

    assertThat(pair.sign(Vector.hash()).base64()).isEqualTo(Vector.SIGNATURE);
    assertThat(pair.address()).isEqualTo(Vector.ADDRESS);
    SignatureEnvelope parsed = SignatureEnvelope.parse(Vector.SIGNATURE);
    assertThat(parsed.verifies(Vector.hash())).isTrue();
    assertThat(parsed.address()).isEqualTo(Vector.ADDRESS);
    assertThat(parsed.verifies(BodyHash.of(Bytes.empty()))).isFalse();
  }

  @Test
  void signsAsRfc8032() {
    // RFC 8032 section 7.1, tests 1 and 2
    assertRfc8032(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
            + "cf9b46bd25bf5f0595bbe24655141438e7a100b");
    assertRfc8032(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
            + "0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  }

  @Test
  void verifiesBothEcdsaCurves() {
    SignatureEnvelope k1 = SignatureEnvelope.parse(K1_LOW);
    SignatureEnvelope r1 = SignatureEnvelope.parse(R1_LOW);

    assertThat(k1.verifies(Vector.hash())).isTrue();
    assertThat(k1.address())
        .isEqualTo("0x9714d6efbbdeef8d477bc2d07298c65f395b9cd78cdddbb903343478eeba4923");
    assertThat(r1.verifies(Vector.hash())).isTrue();
    assertThat(r1.address())
        .isEqualTo("0x49fdaa7e31e0b97cbc893bd37beb124df823b104b6a2be592a4517906f95bf88");
    assertThat(k1.verifies(BodyHash.of(Bytes.empty()))).isFalse();
    assertThat(r1.verifies(BodyHash.of(Bytes.empty()))).isFalse();
  }

  @Test
  void refusesAHighS() {
    assertThat(SignatureEnvelope.parse(K1_HIGH).verifies(Vector.hash())).isFalse();
    assertThat(SignatureEnvelope.parse(R1_HIGH).verifies(Vector.hash())).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"SECP256K1", "SECP256R1"})
  void refusesPointsThatAreNone(SignatureScheme scheme) {
    // x = 5 is no coordinate of secp256k1 and x = 1 none of secp256r1; 2^256-1 is above both p.
    Bytes notOnCurve =
        point(scheme == SignatureScheme.SECP256K1 ? BigInteger.valueOf(5) : BigInteger.ONE);
    Bytes tooLarge = point(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
    Bytes signature = SigningPair.generate(scheme).sign(Vector.hash()).signature();

    assertThat(new SignatureEnvelope(scheme, signature, notOnCurve).verifies(Vector.hash()))
        .isFalse();
    assertThat(new SignatureEnvelope(scheme, signature, tooLarge).verifies(Vector.hash()))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void refusesScalarsOutsideTheirRange(SignatureScheme scheme) {
    SigningPair pair = SigningPair.generate(scheme);

    for (Bytes signature : new Bytes[] {Vector.repeated(0, 64), Vector.repeated(0xff, 64)}) {
      assertThat(new SignatureEnvelope(scheme, signature, pair.publicKey()).verifies(Vector.hash()))
          .isFalse();
    }
  }

  @Test
  void refusesAnEd25519KeyThatIsNoPoint() {
    Bytes signature = SigningPair.generate().sign(Vector.hash()).signature();
    for (String key :
        new String[] {
          "0200000000000000000000000000000000000000000000000000000000000000",
          "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        }) {
      assertThat(
              new SignatureEnvelope(SignatureScheme.ED25519, signature, Bytes.hex(key))
                  .verifies(Vector.hash()))
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void verifiesWhatAFreshPairSigns(SignatureScheme scheme) {
    SigningPair pair = SigningPair.generate(scheme);
    for (int i = 0; i < 20; i++) {
      BodyHash hash = BodyHash.of(Bytes.random(10));
      SignatureEnvelope envelope = SignatureEnvelope.parse(pair.sign(hash).base64());
      assertThat(envelope.verifies(hash)).isTrue();
      assertThat(envelope.address()).isEqualTo(pair.address());
      SignatureEnvelope changed =
          new SignatureEnvelope(scheme, envelope.signature().flippedBit(i), envelope.publicKey());
      assertThat(changed.verifies(hash)).isFalse();
    }
  }

  @Test
  void refusesOtherFlagsLengthsAndKeyForms() {
    assertMalformed(Bytes.concat(Bytes.hex("03"), Bytes.random(96)));
    assertMalformed(Bytes.concat(Bytes.hex("00"), Bytes.random(95)));
    assertMalformed(Bytes.concat(Bytes.hex("00"), Bytes.random(97)));
    assertMalformed(
        Bytes.concat(Bytes.hex("01"), Bytes.random(64), Bytes.hex("02"), Bytes.random(31)));
    assertMalformed(
        Bytes.concat(Bytes.hex("02"), Bytes.random(64), Bytes.hex("04"), Bytes.random(32)));
    assertMalformed(Bytes.empty());
    assertThatThrownBy(() -> SignatureEnvelope.parse(Vector.SIGNATURE.replace("=", "")))
        .isInstanceOf(MalformedAnswer.class);
  }

  @Test
  void storesAndLoadsKeyFiles() {
    SigningPair pair = SigningPair.generate();
    SigningPair loaded = SigningPair.fromPem(pair.pem());

    assertThat(loaded.address()).isEqualTo(pair.address());
    assertThat(loaded.sign(Vector.hash())).isEqualTo(pair.sign(Vector.hash()));
    assertThat(pair.toString()).contains(pair.address()).hasSizeLessThan(100);
    assertThatThrownBy(() -> SigningPair.fromPem("-----BEGIN PRIVATE KEY-----\nQQ==\n-----END"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("QQ==");
    assertThatThrownBy(() -> SigningPair.generate(SignatureScheme.SECP256K1).pem())
        .isInstanceOf(IllegalStateException.class);
  }

  private static void assertRfc8032(
      String seed, String publicKey, String message, String expected) {
    SigningPair pair = SigningPair.ofInsecureKnownSeed(Bytes.hex(seed));
    assertThat(pair.publicKey().toHex()).isEqualTo(publicKey);
    assertThat(pair.signatureOver(Bytes.hex(message)).toHex()).isEqualTo(expected);
  }

  private static Bytes point(BigInteger x) {
    return Bytes.concat(Bytes.hex("02"), CompactEcdsa.fixed(x));
  }

  private static void assertMalformed(Bytes envelope) {
    assertThatThrownBy(() -> SignatureEnvelope.parse(Base64Text.encode(envelope)))
        .isInstanceOfSatisfying(
            MalformedAnswer.class, refusal -> assertThat(refusal.field()).isEqualTo("signature"));
  }
}
