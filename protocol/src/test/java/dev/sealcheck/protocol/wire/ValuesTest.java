package dev.sealcheck.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.vector.VectorCase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends of ranges, and what values say of themselves. */
class ValuesTest {

  static List<VectorCase> taken() {
    return VectorCase.all("request", "NodeRequestTest").stream()
        .filter(VectorCase::isValid)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("taken")
  void readsFromEveryEnvelopeWhetherItAsksForAStream(VectorCase one) throws Exception {
    Envelope envelope = parse(one, one.raw("body"));
    ObjectNode json = StrictJson.parseObject("envelope", one.raw("body"));
    assertThat(envelope.stream()).isEqualTo(json.path("stream").booleanValue());
  }

  @Test
  void takesACiphertextThatIsATagAlone() throws Exception {
    VectorCase one = taken().get(0);
    ObjectNode json = StrictJson.parseObject("envelope", one.raw("body"));
    json.put("ciphertext", Base64Text.encode(new byte[16]));
    assertThat(parse(one, StrictJson.write(json)).ciphertext().sizeInBytes()).isEqualTo(16);
  }

  private static Envelope parse(VectorCase one, byte[] json) throws MalformedMessageException {
    return Envelope.parse(ConfidentialPath.of(one.text("path")).orElseThrow(), json);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1L << 31})
  void countsFromZeroToTwoToThe31(long count) throws Exception {
    assertThat(Usage.parse(usage(count))).isEqualTo(new Usage(count, count, count));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, (1L << 31) + 1})
  void countsNoFurther(long count) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> Usage.parse(usage(count)));
  }

  private static ObjectNode usage(long count) {
    return StrictJson.newObject()
        .put("prompt_tokens", count)
        .put("completion_tokens", count)
        .put("total_tokens", count);
  }

  @ParameterizedTest
  @EnumSource
  void findsEveryPathByItsText(ConfidentialPath path) {
    assertThat(path.path()).startsWith("/v1/confidential/");
    assertThat(ConfidentialPath.of(path.path())).contains(path);
  }

  @ParameterizedTest
  @EnumSource
  void readsEveryCodeBackFromItsBody(ErrorCode code) {
    assertThat(ErrorCode.ofBody(code.body())).contains(code);
    assertThat(code.status()).isBetween(400, 504);
  }

  @Test
  void asksToWaitOnlyWhereThereIsSomethingToWaitFor() {
    RefusedException full = new RefusedException(ErrorCode.TOO_MANY_REQUESTS, 1);
    assertThat(full.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
    assertThat(full.retryAfterSeconds()).hasValue(1);
    assertThat(new RefusedException(ErrorCode.LOCKED).retryAfterSeconds()).isEmpty();
  }

  @Test
  void readsAnArrayWhereOneIsAskedFor() throws Exception {
    assertThat(StrictJson.parseArray("list", bytes("[1,2]"))).hasSize(2);
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> StrictJson.parseArray("list", bytes("{}")));
  }

  @Test
  void saysHowLongValuesAreAndNothingElse() {
    assertThat(Ciphertext.owning(new byte[20])).hasToString("Ciphertext[20 bytes]");
    assertThat(FixedBytes.copyOf(new byte[3], 3, "value")).hasToString("3 bytes");
    assertThat(Nonce.copyOf(bytes("twelve bytes")).hashCode())
        .isNotEqualTo(Nonce.copyOf(bytes("other twelve")).hashCode());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
