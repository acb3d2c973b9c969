package dev.sealcheck.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {

  @Property
  void everyValueHasOneText(@ForAll byte[] bytes) throws Exception {
    assertThat(Base64Text.decode("field", Base64Text.encode(bytes))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AA", "AA=", "AB==", "AAB=", "A", "AAA_", "AA==\n", " AA==", "AA==AA==", "é", "="})
  void refusesAnyOtherText(String text) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> Base64Text.decode("field", text))
        .withMessage("field must be canonical base64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA=="})
  void refusesAnotherSize(String text) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> Base64Text.decode("nonce", text, 12))
        .withMessage("nonce must be 12 bytes");
  }
}
