package dev.sealcheck.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.vector.VectorCase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Canonical base64 against vectors/base64. */
class Base64VectorsTest {

  static List<VectorCase> texts() {
    return VectorCase.all("base64", "Base64Test");
  }

  static List<VectorCase> sized() {
    return VectorCase.all("base64", "Base64SizeTest");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void takesOneTextForOneValue(VectorCase one) {
    try {
      assertThat(Base64Text.decode("field", one.text("text"))).isEqualTo(one.hex("bytes"));
      assertThat(Base64Text.encode(one.hex("bytes"))).isEqualTo(one.text("text"));
      assertThat(one.expected()).isEqualTo("valid");
    } catch (MalformedMessageException e) {
      assertThat(one.expected()).isEqualTo("NOT_CANONICAL");
    }
  }

  @ParameterizedTest
  @MethodSource("sized")
  void takesOneSizeForOneField(VectorCase one) {
    int size = one.test().path("size").intValue();
    try {
      assertThat(Base64Text.decode("field", one.text("text"), size)).isEqualTo(one.hex("bytes"));
      assertThat(one.expected()).isEqualTo("valid");
    } catch (MalformedMessageException e) {
      assertThat(e.rule()).contains(size + " bytes");
      assertThat(one.expected()).isEqualTo("WRONG_SIZE");
    }
  }
}
