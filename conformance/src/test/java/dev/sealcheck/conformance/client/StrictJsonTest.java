package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"a\":1,\"\\u0061\":2}",
        "{} {}",
        "{}x",
        "{}]",
        "\uFEFF{}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "{/* */}",
        "[1]",
        "null"
      })
  void refusesWhatIsNoStrictObject(String text) {
    assertThatThrownBy(() -> StrictJson.parseObject(Bytes.utf8(text)))
        .isInstanceOf(MalformedAnswer.class);
  }

  @Test
  void refusesInvalidUtf8() {
    assertThatThrownBy(() -> StrictJson.parse(Bytes.hex("7b2261223a22c328227d")))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void refusesEndlessNesting() {
    assertThatThrownBy(() -> StrictJson.parse(Bytes.utf8("[".repeat(100_000))))
        .isInstanceOf(MalformedAnswer.class)
        .hasMessageContaining("depth");
  }

  @Test
  void saysWhichRuleWasBrokenAndNeverQuotes() {
    assertThatThrownBy(() -> StrictJson.parse(Bytes.utf8("{\"secret\":1,\"secret\":2}")))
        .hasMessage("body: must not name a key twice")
        .hasNoCause();
    assertThatThrownBy(() -> StrictJson.parse(Bytes.utf8("secret")))
        .hasMessage("body: must be JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"z\":1,\"a\":2,\"m\":{\"y\":0,\"b\":0}}",
        "{\"n\":123456789012345678901234567890,\"f\":0.1000,\"é\":\"\uD83D\uDE00\"}",
        "{\"f\":1.23456789012345678901234567890}"
      })
  void keepsOrderAndEveryDigit(String text) {
    assertThat(StrictJson.write(StrictJson.parse(Bytes.utf8(text)))).isEqualTo(Bytes.utf8(text));
  }
}
