package dev.sealcheck.node.engine;

import static dev.sealcheck.node.engine.Requests.answer;
import static dev.sealcheck.node.engine.Requests.chat;
import static dev.sealcheck.node.engine.Requests.chatWith;
import static dev.sealcheck.node.engine.Requests.request;
import static dev.sealcheck.node.engine.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.node.engine.EngineException.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatAnswerTest {

  @Test
  void answersInTheShapeThatSdksNeed() throws Exception {
    JsonNode answer = answer(chat("Hello"));

    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("id", "object", "created", "model", "choices", "usage");
    assertThat(answer.get("id").textValue()).matches("chatcmpl-[0-9a-f]{24}");
    assertThat(answer.get("object").textValue()).isEqualTo("chat.completion");
    assertThat(answer.get("created").isIntegralNumber()).isTrue();
    assertThat(answer.get("created").longValue()).isEqualTo(HandMovedTime.START.getEpochSecond());
    assertThat(answer.get("model").textValue()).isEqualTo(Requests.MODEL);
    JsonNode choice = answer.at("/choices/0");
    assertThat(choice.fieldNames())
        .toIterable()
        .containsExactly("index", "message", "finish_reason");
    assertThat(choice.get("index").intValue()).isZero();
    assertThat(choice.at("/message/role").textValue()).isEqualTo("assistant");
    assertThat(choice.get("finish_reason").textValue()).isEqualTo("stop");
    assertThat(answer.get("usage").fieldNames())
        .toIterable()
        .containsExactly("prompt_tokens", "completion_tokens", "total_tokens");
  }

  @Test
  void saysTheSameToTheSameBodyWhateverIsAskedOfTheStream() throws Exception {
    String said = text(chat("Hello"));

    assertThat(text(chat("Hello"))).isEqualTo(said);
    EngineRequest streaming = chat("Hello");
    streaming.body().put("stream", true).putObject("stream_options").put("include_usage", true);
    assertThat(text(streaming)).isEqualTo(said);
  }

  @Test
  void saysSomethingElseToEveryPromptAndModel() throws Exception {
    Set<String> said = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      said.add(text(chat("Question number " + i)));
    }
    assertThat(said).hasSize(200);

    try (BuiltInEngine engine = new BuiltInEngine(List.of("other"), 0, 1, new HandMovedTime())) {
      EngineRequest other = chat("Question number 1");
      other.body().put("model", "other");
      assertThat(Requests.read(engine.answer(other)).at("/choices/0/message/content").textValue())
          .isNotEqualTo(text(chat("Question number 1")));
    }
  }

  @Test
  void speaksAboutOneHundredAndFiftyToThreeHundredTokens() throws Exception {
    Set<Integer> lengths = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      JsonNode answer = answer(chat("Length " + i));
      int tokens = answer.at("/usage/completion_tokens").intValue();
      assertThat(tokens).isBetween(150, 310);
      assertThat(tokens)
          .isEqualTo(Tokens.count(answer.at("/choices/0/message/content").textValue()));
      lengths.add(tokens);
    }
    assertThat(lengths).hasSizeGreaterThan(50);
  }

  @Test
  void countsThePromptByTheTokensOfItsTextsAndFourPerMessageAndThree() throws Exception {
    EngineRequest request =
        request(
            Endpoint.CHAT_COMPLETIONS,
            """
            {'messages': [
              {'role': 'developer', 'content': 'hello world'},
              {'role': 'user', 'content': [
                {'type': 'text', 'text': 'hello'},
                {'type': 'image_url', 'image_url': {'url': 'x'}},
                {'type': 'text', 'text': ' world'}]},
              {'role': 'assistant', 'content': null},
              {'role': 'anything'}]}
            """);
    JsonNode usage = answer(request).get("usage");

    assertThat(usage.get("prompt_tokens").intValue()).isEqualTo(2 + 2 + 4 * 4 + 3);
    assertThat(usage.get("total_tokens").intValue())
        .isEqualTo(
            usage.get("prompt_tokens").intValue() + usage.get("completion_tokens").intValue());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40, 100})
  void cutsAtExactlyTheAllowedTokens(int limit) throws Exception {
    JsonNode answer = answer(chatWith("{'max_tokens': " + limit + "}"));

    assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(limit);
    assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("length");
    assertThat(answer.at("/choices/0/message/content").textValue()).isNotEmpty();
    assertThat(text(chatWith("{}")))
        .startsWith(answer.at("/choices/0/message/content").textValue());
  }

  @Test
  void takesTheSmallerOfTheTwoLimitsAndIgnoresNull() throws Exception {
    assertThat(completionTokens("{'max_tokens': 9, 'max_completion_tokens': 5}")).isEqualTo(5);
    assertThat(completionTokens("{'max_tokens': 4, 'max_completion_tokens': 8}")).isEqualTo(4);
    assertThat(completionTokens("{'max_tokens': null, 'max_completion_tokens': 6}")).isEqualTo(6);
  }

  @Test
  void endsByItselfBelowTheLimit() throws Exception {
    for (String limit : new String[] {"8192", "9223372036854775807", "99999999999999999999"}) {
      JsonNode answer = answer(chatWith("{'max_tokens': " + limit + "}"));
      assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("stop");
      assertThat(answer.at("/choices/0/message/content").textValue())
          .isEqualTo(text(chatWith("{}")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"e", "zzzz|the|.", ". ", " "})
  void endsRightBeforeTheFirstStopText(String stops) throws Exception {
    List<String> texts = List.of(stops.split("\\|"));
    EngineRequest request = chatWith("{}");
    if (texts.size() == 1) {
      request.body().put("stop", stops);
    } else {
      texts.forEach(request.body().putArray("stop")::add);
    }
    JsonNode answer = answer(request);
    String said = answer.at("/choices/0/message/content").textValue();

    String natural = text(chatWith("{}"));
    int first = texts.stream().mapToInt(natural::indexOf).filter(at -> at >= 0).min().orElseThrow();
    assertThat(said).isEqualTo(natural.substring(0, first));
    assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("stop");
    assertThat(answer.at("/usage/completion_tokens").intValue())
        .isBetween(1, Tokens.count(said) + 1);
  }

  @Test
  void saysNothingWhenTheVeryBeginningIsAStopText() throws Exception {
    EngineRequest request = chatWith("{}");
    request.body().put("stop", text(chatWith("{}")).substring(0, 3));
    JsonNode answer = answer(request);

    assertThat(answer.at("/choices/0/message/content").textValue()).isEmpty();
    assertThat(answer.at("/usage/completion_tokens").intValue()).isZero();
    assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("stop");
  }

  @Test
  void isCutByTheLimitWhereTheStopTextComesLater() throws Exception {
    JsonNode answer = answer(chatWith("{'max_tokens': 3, 'stop': '?'}"));

    assertThat(answer.at("/choices/0/finish_reason").textValue()).isEqualTo("length");
    assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "[]", "'\\ud83e'"})
  void letsStopTextsThatMeanNothingStopNothing(String stop) throws Exception {
    assertThat(text(chatWith("{'stop': " + stop + "}"))).isEqualTo(text(chatWith("{}")));
  }

  @Test
  void givesAsManyDifferentChoicesAsAsked() throws Exception {
    JsonNode answer = answer(chatWith("{'n': 5}"));
    Set<String> said = new HashSet<>();
    int tokens = 0;
    for (int index = 0; index < 5; index++) {
      JsonNode choice = answer.get("choices").get(index);
      assertThat(choice.get("index").intValue()).isEqualTo(index);
      String content = choice.at("/message/content").textValue();
      said.add(content);
      tokens += Tokens.count(content);
    }
    assertThat(answer.get("choices")).hasSize(5);
    assertThat(said).hasSize(5).contains(text(chatWith("{}")));
    assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(tokens);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'n': 0}",
        "{'n': 129}",
        "{'n': 18446744073709551617}",
        "{'n': 1.0}",
        "{'n': '1'}",
        "{'max_tokens': 0}",
        "{'max_tokens': -1}",
        "{'max_tokens': 1.5}",
        "{'max_tokens': '7'}",
        "{'max_tokens': true}",
        "{'stop': 7}",
        "{'stop': ['a', 7]}",
        "{'stop': [null]}",
        "{'messages': null}",
        "{'messages': []}",
        "{'messages': 'hello'}",
        "{'model': 'unknown'}",
        "{'model': null}",
        "{'model': 7}"
      })
  void refusesWhatItDoesNotServe(String fields) {
    assertRefused(fields);
  }

  @Test
  void copesWithTextThatUtf8CannotCarry() throws Exception {
    JsonNode answer = answer(chat("\uD83E lone \uDD94 \uD83E\uDD94 \uDBFF\uDFFF\u0000\uFFFE"));

    assertThat(answer.at("/usage/prompt_tokens").intValue()).isPositive();
    assertThat(answer.at("/choices/0/message/content").textValue()).isNotEmpty();
  }

  private static int completionTokens(String fields) throws Exception {
    return answer(chatWith(fields)).at("/usage/completion_tokens").intValue();
  }

  private static void assertRefused(String fields) {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> answer(chatWith(fields)))
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Reason.INVALID_REQUEST);
              assertThat(refusal.retryAfterSeconds()).isEmpty();
              assertThat(refusal).hasMessageNotContaining("hello");
            });
  }
}
