package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WrongSignatureTest {
  private static final int SIGNATURE_BYTES = 64;
  private static final BodyHash HASH = BodyHash.of(Bytes.utf8("any body"));

  static Stream<Arguments> everyWayWithEveryScheme() {
    return Arrays.stream(SignatureScheme.values())
        .map(SigningPair::generate)
        .flatMap(key -> Arrays.stream(WrongSignature.values()).map(way -> Arguments.of(way, key)));
  }

  @ParameterizedTest
  @MethodSource("everyWayWithEveryScheme")
  void verifiesNowhere(WrongSignature way, SigningPair key) {
    assertThat(verifies(way.of(key, HASH))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("everyWayWithEveryScheme")
  void canStandInAHeader(WrongSignature way, SigningPair key) {
    assertThat(way.of(key, HASH)).matches("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?|");
  }

  @ParameterizedTest
  @MethodSource("everyWayWithEveryScheme")
  void isTheGoodEnvelopeButForOneThing(WrongSignature way, SigningPair key) {
    String text = way.of(key, HASH);
    if (way == WrongSignature.EMPTY || way == WrongSignature.NOT_BASE64) {
      assertThat(text).isEqualTo(way == WrongSignature.EMPTY ? "" : "*no base64*");
      return;
    }
    Bytes envelope = Base64Text.decode("signature", text);
    int good = 1 + SIGNATURE_BYTES + key.scheme().publicKeyBytes();
    assertThat(envelope.length())
        .isEqualTo(
            switch (way) {
              case TOO_SHORT -> good - 1;
              case TOO_LONG -> good + 1;
              default -> good;
            });
    assertThat(envelope.at(0))
        .satisfies(
            flag -> {
              switch (way) {
                case FLAG_UNKNOWN -> assertThat(flag).isEqualTo(9);
                case FLAG_OF_ANOTHER -> assertThat(flag).isLessThan(3).isNotEqualTo(own(key));
                default -> assertThat(flag).isEqualTo(own(key));
              }
            });
    Bytes signature = envelope.slice(1, 1 + SIGNATURE_BYTES);
    assertThat(signature.equals(Bytes.owning(new byte[SIGNATURE_BYTES])))
        .isEqualTo(way == WrongSignature.ALL_ZERO);
    Bytes publicKey = envelope.slice(1 + SIGNATURE_BYTES, envelope.length());
    boolean otherKey =
        way == WrongSignature.OFF_THE_CURVE
            || way == WrongSignature.OUT_OF_THE_FIELD
            || way == WrongSignature.TOO_SHORT
            || way == WrongSignature.TOO_LONG;
    assertThat(publicKey.equals(key.publicKey())).isEqualTo(!otherKey);
    if (otherKey && key.scheme() != SignatureScheme.ED25519) {
      assertThat(publicKey.at(0)).as("still a compressed point").isBetween(2, 3);
    }
  }

  @Test
  void otherHalfHasTheRightFormOfEcdsa() {
    for (SignatureScheme scheme : SignatureScheme.values()) {
      SigningPair key = SigningPair.generate(scheme);
      SignatureEnvelope good = key.sign(HASH);
      SignatureEnvelope other = SignatureEnvelope.parse(WrongSignature.OTHER_S.of(key, HASH));

      if (scheme == SignatureScheme.ED25519) {
        // The others draw a new r for every signature.
        assertThat(other.signature().slice(0, 32)).isEqualTo(good.signature().slice(0, 32));
      }
      assertThat(other.signature()).isNotEqualTo(good.signature());
      assertThat(other.publicKey()).isEqualTo(good.publicKey());
    }
  }

  @Test
  void signatureOfAnotherHashIsTrueForThatHash() {
    SigningPair key = SigningPair.generate();
    SignatureEnvelope other = SignatureEnvelope.parse(WrongSignature.OF_OTHER_HASH.of(key, HASH));

    assertThat(other.verifies(BodyHash.of(HASH.bytes()))).isTrue();
  }

  private static int own(SigningPair key) {
    return key.scheme().flag();
  }

  private static boolean verifies(String text) {
    try {
      return SignatureEnvelope.parse(text).verifies(HASH);
    } catch (MalformedAnswer noEnvelope) {
      return false;
    }
  }
}
