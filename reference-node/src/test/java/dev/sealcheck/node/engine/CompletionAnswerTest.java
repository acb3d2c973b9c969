package dev.sealcheck.node.engine;

import static dev.sealcheck.node.engine.Requests.answer;
import static dev.sealcheck.node.engine.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.node.engine.EngineException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionAnswerTest {

  @Test
  void answersInTheShapeThatSdksNeed() throws Exception {
    JsonNode answer = answer(completion("{'prompt': 'hello world', 'max_tokens': 12}"));

    assertThat(answer.get("object").textValue()).isEqualTo("text_completion");
    assertThat(answer.get("id").textValue()).startsWith("cmpl-");
    JsonNode choice = answer.at("/choices/0");
    assertThat(choice.fieldNames())
        .toIterable()
        .containsExactly("index", "text", "logprobs", "finish_reason");
    assertThat(choice.get("text").textValue()).isNotEmpty();
    assertThat(choice.get("logprobs").isNull()).isTrue();
    assertThat(choice.get("finish_reason").textValue()).isEqualTo("length");
    assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(2);
    assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(12);
    assertThat(answer.at("/usage/total_tokens").intValue()).isEqualTo(14);
  }

  @Test
  void givesOneChoicePerPromptAndPerN() throws Exception {
    JsonNode both = answer(completion("{'prompt': ['sea', 'land'], 'n': 2}"));
    JsonNode land = answer(completion("{'prompt': 'land', 'n': 2}"));

    assertThat(both.get("choices")).hasSize(4);
    for (int index = 0; index < 4; index++) {
      assertThat(both.get("choices").get(index).get("index").intValue()).isEqualTo(index);
    }
    assertThat(both.at("/choices/2/text")).isEqualTo(land.at("/choices/0/text"));
    assertThat(both.at("/choices/3/text")).isEqualTo(land.at("/choices/1/text"));
    assertThat(both.at("/choices/0/text")).isNotEqualTo(both.at("/choices/1/text"));
    assertThat(both.at("/usage/prompt_tokens").intValue()).isEqualTo(2);
  }

  @Test
  void streamsTheTextItWouldAnswer() throws Exception {
    EngineRequest request =
        completion("{'prompt': ['sea', ''], 'n': 2, 'stream_options': {'include_usage': true}}");
    JsonNode whole = answer(request);
    List<JsonNode> chunks = Requests.chunks(request);

    for (int index = 0; index < 4; index++) {
      assertThat(Requests.streamedText(chunks, index, "/text"))
          .isEqualTo(whole.get("choices").get(index).get("text").textValue());
    }
    assertThat(chunks)
        .allSatisfy(
            chunk -> assertThat(chunk.get("object").textValue()).isEqualTo("text_completion"));
    assertThat(chunks.get(0).at("/choices/0").fieldNames())
        .toIterable()
        .containsExactly("index", "text", "logprobs", "finish_reason");
    JsonNode last = chunks.get(chunks.size() - 1);
    assertThat(last.get("choices")).isEmpty();
    assertThat(last.get("usage")).isEqualTo(whole.get("usage"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'prompt': null}",
        "{'prompt': []}",
        "{'prompt': [1, 2]}",
        "{'prompt': {}}",
        "{'prompt': ['a', 'b'], 'n': 65}"
      })
  void refusesWhatItDoesNotServe(String fields) {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> answer(completion(fields)))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID_REQUEST));
  }

  private static EngineRequest completion(String fields) {
    return request(Endpoint.COMPLETIONS, fields);
  }
}
