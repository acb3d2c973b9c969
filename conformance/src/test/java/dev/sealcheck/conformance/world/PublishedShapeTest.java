package dev.sealcheck.conformance.world;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedShapeTest {

  private static final String HEAD = "\"id\":\"a\",\"object\":\"o\",\"created\":1,\"model\":\"m\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"}}",
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{}]}}",
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"tool_calls\":[{}]}}",
        "{\"index\":0,\"text\":\"hi\"}",
      })
  void takesGoodChoices(String choice) {
    assertThatCode(() -> PublishedShape.requireAnswer(answer(choice))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"index\":\"0\",\"message\":{\"role\":\"assistant\",\"content\":\"hi\"}}",
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null}}",
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[]}}",
        "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":[]}}",
        "{\"index\":0,\"message\":{\"role\":\"bot\",\"content\":\"hi\"}}",
        "{\"index\":0,\"message\":{\"content\":\"hi\"}}",
        "{\"index\":0,\"text\":1}",
        "{\"index\":0}",
      })
  void refusesChoicesThatClientsDoNotRead(String choice) {
    assertThatThrownBy(() -> PublishedShape.requireAnswer(answer(choice)))
        .isInstanceOf(CheckFailed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "object", "created", "model", "choices"})
  void refusesAnswersAndChunksWithoutAPart(String key) {
    ObjectNode answer = answer("{\"index\":0,\"text\":\"hi\"}");
    answer.remove(key);

    assertThatThrownBy(() -> PublishedShape.requireAnswer(answer)).isInstanceOf(CheckFailed.class);
    assertThatThrownBy(() -> PublishedShape.requireChunk(answer)).isInstanceOf(CheckFailed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"index\":0,\"delta\":{}}",
        "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}",
        "{\"index\":0,\"delta\":{\"role\":null,\"content\":null}}",
      })
  void takesGoodChunks(String choice) {
    assertThatCode(() -> PublishedShape.requireChunk(answer(choice))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"index\":0}",
        "{\"index\":0,\"delta\":{\"role\":\"bot\"}}",
        "{\"index\":0,\"delta\":{\"content\":1}}",
      })
  void refusesChunksThatClientsDoNotRead(String choice) {
    assertThatThrownBy(() -> PublishedShape.requireChunk(answer(choice)))
        .isInstanceOf(CheckFailed.class);
  }

  @Test
  void wantsThreeIntegersOfUsage() {
    ObjectNode usage = json("{\"prompt_tokens\":1,\"completion_tokens\":0,\"total_tokens\":1}");

    assertThatCode(() -> PublishedShape.requireUsage("it", Optional.of(usage)))
        .doesNotThrowAnyException();
    usage.put("completion_tokens", "0");
    assertThatThrownBy(() -> PublishedShape.requireUsage("it", Optional.of(usage)))
        .isInstanceOf(CheckFailed.class);
    assertThatThrownBy(() -> PublishedShape.requireUsage("it", Optional.empty()))
        .isInstanceOf(CheckFailed.class);
  }

  private static ObjectNode answer(String choice) {
    return json("{" + HEAD + ",\"choices\":[" + choice + "]}");
  }

  private static ObjectNode json(String text) {
    return StrictJson.parseObject(Bytes.utf8(text));
  }
}
