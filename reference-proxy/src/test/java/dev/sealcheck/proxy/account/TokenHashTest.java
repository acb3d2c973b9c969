package dev.sealcheck.proxy.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenHashTest {

  // FIPS 180-2, appendix B.1: the message "abc".
  private static final String HASH_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isSha256OfTheToken() {
    assertThat(TokenHash.of("abc")).isEqualTo(TokenHash.ofHex(HASH_OF_ABC));
  }

  @Test
  void readsDigitsInEitherCase() {
    assertThat(TokenHash.ofHex(HASH_OF_ABC.toUpperCase(Locale.ROOT)).matches("abc")).isTrue();
  }

  @Test
  void hashesTheUtf8OfTheToken() {
    // printf 'h\303\251llo' | sha256sum
    assertThat(
            TokenHash.ofHex("3c48591d8d098a4538f5e013dfcf406e948eac4d3277b10bf614e295d6068179")
                .matches("h\u00e9llo"))
        .isTrue();
  }

  @Test
  void matchesNoOtherToken() {
    TokenHash hash = TokenHash.ofHex(HASH_OF_ABC);

    assertThat(hash.matches("abd")).isFalse();
    assertThat(hash.matches("")).isFalse();
    assertThat(hash.matches(HASH_OF_ABC)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "zz", " "})
  void refusesWhatIsNoHash(String end) {
    String text = HASH_OF_ABC.substring(0, 62) + end + (end.length() == 2 ? "0" : "");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenHash.ofHex(text))
        .withMessageNotContaining(text);
  }

  @Test
  void refusesLettersThatAreNoDigits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenHash.ofHex(HASH_OF_ABC.substring(0, 63) + "g"));
  }

  @Test
  void showsNoByteOfItself() {
    assertThat(TokenHash.ofHex(HASH_OF_ABC)).hasToString("TokenHash(32 bytes)");
    assertThat(new User(new UserId(1), TokenHash.of("abc"), 0).toString()).doesNotContain("ba7816");
  }

  @Test
  void comparesByContent() {
    assertThat(TokenHash.of("abc"))
        .hasSameHashCodeAs(TokenHash.of("abc"))
        .isNotEqualTo(TokenHash.of("abd"))
        .isNotEqualTo(HASH_OF_ABC);
  }
}
