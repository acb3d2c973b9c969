package dev.sealcheck.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineMessageTest {

  private static final BodyHash HASH = BodyHash.copyOf(new byte[32]);
  private static final String SEAL =
      "\"seal\":{\"seq\":3,\"final\":false,"
          + "\"request_hash\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}}";
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}";

  @Test
  void keepsTheEnginesBytesAndAddsTheSealLast() throws Exception {
    assertThat(sealed("{ \"z\":1.50,\"a\":\"\u00e9\\u00e9\" , \"m\":[] } \n"))
        .isEqualTo("{ \"z\":1.50,\"a\":\"\u00e9\\u00e9\" , \"m\":[] ," + SEAL);
    assertThat(sealed("{}")).isEqualTo("{" + SEAL);
  }

  @Test
  void dropsASealOfTheEngine() throws Exception {
    assertThat(sealed("{\"seal\":1,\"a\":2}")).isEqualTo("{\"a\":2," + SEAL);
    assertThat(sealed("{\"seal\":{\"seq\":9}}")).isEqualTo("{" + SEAL);
  }

  @Test
  void endsWithTheUsageAndNoChoices() throws Exception {
    assertThat(chunk("{\"choices\":[]," + USAGE + "}").endsStream()).isTrue();
    assertThat(chunk("{\"choices\":[{}]," + USAGE + "}").endsStream()).isFalse();
    assertThat(chunk("{\"choices\":[],\"usage\":null}").endsStream()).isFalse();
    assertThat(chunk("{" + USAGE + "}").endsStream()).isFalse();
  }

  @Test
  void addsTheCompletionTokensThatEmbeddingsLack() throws Exception {
    EngineMessage answer =
        EngineMessage.answer(
            ConfidentialPath.EMBEDDINGS,
            "{\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}".getBytes(UTF_8));
    assertThat(answer.usage().orElseThrow().get("completion_tokens").intValue()).isZero();
    assertThat(new String(answer.withSeal(0, true, HASH), UTF_8))
        .contains("\"completion_tokens\":0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"usage\":null}",
        "{\"usage\":5}",
        "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}",
        "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":-1}}",
        "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":1e18}}",
        "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":\"5\"}}"
      })
  void refusesAnAnswerThatCannotBeCharged(String json) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(
            () -> EngineMessage.answer(ConfidentialPath.CHAT_COMPLETIONS, json.getBytes(UTF_8)));
  }

  @Test
  void needsNoUsageOfImages() throws Exception {
    assertThat(
            EngineMessage.answer(ConfidentialPath.IMAGES, "{\"data\":[]}".getBytes(UTF_8)).usage())
        .isEmpty();
  }

  private static String sealed(String json) throws MalformedMessageException {
    return new String(chunk(json).withSeal(3, false, HASH), UTF_8);
  }

  private static EngineMessage chunk(String json) throws MalformedMessageException {
    return EngineMessage.chunk(json.getBytes(UTF_8));
  }
}
