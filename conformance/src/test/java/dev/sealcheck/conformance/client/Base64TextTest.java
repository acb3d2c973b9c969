package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"QQ", "QQ=", "QR==", "QUI", "QUJ=", "QQ==\n", " QQ==", "Q Q=", "-_-_", "QQ==QQ=="})
  void refusesEveryOtherForm(String text) {
    assertThatThrownBy(() -> Base64Text.decode("nonce", text))
        .isInstanceOfSatisfying(
            MalformedAnswer.class,
            refusal -> {
              assertThat(refusal.field()).isEqualTo("nonce");
              assertThat(refusal.rule()).contains("canonical").doesNotContain(text.strip());
            });
  }

  @Property(tries = 200)
  void readsWhatItWrites(@ForAll byte[] bytes) {
    assertThat(Base64Text.decode("any", Base64Text.encode(Bytes.of(bytes))))
        .isEqualTo(Bytes.of(bytes));
  }

  @Test
  void namesTheLengthItWants() {
    assertThatThrownBy(() -> Base64Text.decode("salt", "QQ==", 16))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessage("salt: must decode to 16 bytes, not 1");
  }
}
