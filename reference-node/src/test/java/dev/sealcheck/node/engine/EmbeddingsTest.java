package dev.sealcheck.node.engine;

import static dev.sealcheck.node.engine.Requests.answer;
import static dev.sealcheck.node.engine.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.node.engine.EngineException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsTest {

  @Test
  void answersInTheShapeThatSdksNeed() throws Exception {
    JsonNode answer = answer(embeddings("{'input': ['hello world', '', 'hello']}"));

    assertThat(answer.get("object").textValue()).isEqualTo("list");
    assertThat(answer.get("model").textValue()).isEqualTo(Requests.MODEL);
    assertThat(answer.get("data")).hasSize(3);
    for (int index = 0; index < 3; index++) {
      JsonNode entry = answer.get("data").get(index);
      assertThat(entry.get("object").textValue()).isEqualTo("embedding");
      assertThat(entry.get("index").intValue()).isEqualTo(index);
      assertThat(entry.get("embedding")).hasSize(256).allMatch(JsonNode::isNumber);
      assertThat(length(entry.get("embedding"))).isCloseTo(1, within(1e-5));
    }
    assertThat(answer.get("usage").toString())
        .isEqualTo("{\"prompt_tokens\":3,\"total_tokens\":3}");
  }

  @Test
  void givesEqualVectorsToEqualTextsOnly() throws Exception {
    JsonNode list = answer(embeddings("{'input': ['sea', 'land', 'sea']}"));
    JsonNode single = answer(embeddings("{'input': 'land'}"));

    assertThat(list.at("/data/0/embedding")).isEqualTo(list.at("/data/2/embedding"));
    assertThat(list.at("/data/0/embedding")).isNotEqualTo(list.at("/data/1/embedding"));
    assertThat(single.at("/data/0/embedding")).isEqualTo(list.at("/data/1/embedding"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'input': null}", "{'input': []}", "{'input': [7]}"})
  void refusesWhatItDoesNotServe(String fields) {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> answer(embeddings(fields)))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID_REQUEST));
  }

  private static EngineRequest embeddings(String fields) {
    return request(Endpoint.EMBEDDINGS, fields);
  }

  private static double length(JsonNode vector) {
    double squares = 0;
    for (JsonNode number : vector) {
      squares += number.doubleValue() * number.doubleValue();
    }
    return Math.sqrt(squares);
  }
}
