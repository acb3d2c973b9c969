package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WrongSignatureTest {
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

  private static boolean verifies(String text) {
    try {
      return SignatureEnvelope.parse(text).verifies(HASH);
    } catch (MalformedAnswer noEnvelope) {
      return false;
    }
  }
}
