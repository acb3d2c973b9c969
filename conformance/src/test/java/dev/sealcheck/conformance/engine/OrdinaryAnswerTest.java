package dev.sealcheck.conformance.engine;

import static dev.sealcheck.conformance.engine.EngineClient.chat;
import static dev.sealcheck.conformance.engine.EngineClient.chatStream;
import static dev.sealcheck.conformance.engine.EngineClient.chunks;
import static dev.sealcheck.conformance.engine.EngineClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.StrictJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrdinaryAnswerTest {
  private ScriptedEngine engine;
  private EngineClient client;

  @BeforeEach
  void start() throws IOException {
    engine = ScriptedEngine.start("127.0.0.1", 0);
    client = new EngineClient(engine.base());
  }

  @AfterEach
  void stop() {
    engine.close();
    assertThat(engine.failures()).isEmpty();
  }

  private static void assertConsistent(JsonNode usage) {
    assertThat(usage.path("prompt_tokens").isIntegralNumber()).isTrue();
    assertThat(usage.path("completion_tokens").isIntegralNumber()).isTrue();
    assertThat(usage.path("total_tokens").longValue())
        .isEqualTo(
            usage.path("prompt_tokens").longValue() + usage.path("completion_tokens").longValue());
  }

  @Test
  void answersChats() throws Exception {
    ObjectNode answer = client.answer(EngineEndpoint.CHAT, chat());
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("id", "object", "created", "model", "choices", "usage");
    assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
    assertThat(answer.path("created").isIntegralNumber()).isTrue();
    assertThat(answer.path("model").asText()).isEqualTo("m/test");
    assertThat(answer.at("/choices/0/index").asInt(-1)).isZero();
    assertThat(answer.at("/choices/0/message/role").asText()).isEqualTo("assistant");
    assertThat(answer.at("/choices/0/message/content").isTextual()).isTrue();
    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
    assertConsistent(answer.path("usage"));
  }

  @Test
  void answersTextCompletions() throws Exception {
    ObjectNode body = StrictJson.object().put("model", "m").put("prompt", "a b c");
    ObjectNode answer = client.answer(EngineEndpoint.COMPLETIONS, body);
    assertThat(answer.path("object").asText()).isEqualTo("text_completion");
    assertThat(answer.at("/choices/0/text").isTextual()).isTrue();
    assertThat(answer.at("/choices/0/logprobs").isNull()).isTrue();
    assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
    assertConsistent(answer.path("usage"));

    List<ObjectNode> chunks = chunks(client.post(EngineEndpoint.COMPLETIONS, streamed(body)));
    assertThat(text(chunks)).startsWith("Answer-2 ");
    assertThat(chunks.get(0).path("object").asText()).isEqualTo("text_completion");
    assertThat(chunks.get(0).at("/choices/0").has("delta")).isFalse();
  }

  private static ObjectNode streamed(ObjectNode body) {
    ObjectNode streamed = body.deepCopy().put("stream", true);
    streamed.putObject("stream_options").put("include_usage", true);
    return streamed;
  }

  @Test
  void answersEmbeddingsOfOneOrManyInputsWithoutCompletionTokens() throws Exception {
    ObjectNode one = StrictJson.object().put("model", "m").put("input", "a b");
    ObjectNode answer = client.answer(EngineEndpoint.EMBEDDINGS, one);
    assertThat(answer.path("object").asText()).isEqualTo("list");
    assertThat(answer.path("data")).hasSize(1);
    assertThat(answer.at("/data/0/embedding/0").isNumber()).isTrue();
    assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(2);
    assertThat(answer.path("usage").has("completion_tokens")).isFalse();

    ObjectNode many = StrictJson.object().put("model", "m");
    many.putArray("input").add("a").add("b").add("c");
    assertThat(client.answer(EngineEndpoint.EMBEDDINGS, many).at("/data/2/index").asInt())
        .isEqualTo(2);
    ObjectNode tokens = StrictJson.object().put("model", "m");
    tokens.putArray("input").add(1).add(2);
    assertThat(client.answer(EngineEndpoint.EMBEDDINGS, tokens).path("data")).hasSize(1);
  }

  @Test
  void answersImagesWithAddresses() throws Exception {
    ObjectNode body = StrictJson.object().put("model", "m").put("prompt", "x").put("n", 2);
    ObjectNode answer = client.answer(EngineEndpoint.IMAGES, body);
    assertThat(answer.path("data")).hasSize(2).allMatch(item -> item.path("url").isTextual());
    assertThat(answer.path("created").isIntegralNumber()).isTrue();
    assertThat(answer.has("usage")).isFalse();
  }

  @Test
  void streamsContentThenTheFinishReasonThenUsage() throws Exception {
    HttpResponse<byte[]> response = client.post(EngineEndpoint.CHAT, chatStream());
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    List<ObjectNode> chunks = chunks(response);
    assertThat(chunks).hasSize(8);
    assertThat(chunks.stream().map(c -> c.path("id").asText()).distinct()).hasSize(1);
    assertThat(chunks.stream().map(c -> c.path("created").asText()).distinct()).hasSize(1);
    assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    for (ObjectNode content : chunks.subList(0, 6)) {
      assertThat(content.path("object").asText()).isEqualTo("chat.completion.chunk");
      assertThat(content.at("/choices/0/delta/content").asText()).isNotEmpty();
      assertThat(content.at("/choices/0/finish_reason").isNull()).isTrue();
      assertThat(content.has("usage")).isFalse();
    }
    assertThat(chunks.get(6).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(chunks.get(7).path("choices")).isEmpty();
    assertConsistent(chunks.get(7).path("usage"));
  }

  @Test
  void tellsUsageOfAStreamOnlyWhereAsked() throws Exception {
    List<ObjectNode> chunks = chunks(client.post(EngineEndpoint.CHAT, chat().put("stream", true)));
    assertThat(chunks).hasSize(7).noneMatch(chunk -> chunk.has("usage"));
  }

  @Test
  void saysTheSameInAStreamAsInOneAnswerButAnotherTextEachTime() throws Exception {
    ObjectNode whole = client.answer(EngineEndpoint.CHAT, chat());
    List<ObjectNode> chunks = chunks(client.post(EngineEndpoint.CHAT, chatStream()));
    String content = whole.at("/choices/0/message/content").asText();
    assertThat(content).startsWith("Answer-1 ");
    assertThat(text(chunks)).isEqualTo(content.replace("Answer-1 ", "Answer-2 "));
    assertThat(chunks.get(7).path("usage")).isEqualTo(whole.path("usage"));
  }

  @Test
  void keepsToTheLimitOfTokens() throws Exception {
    for (String field : List.of("max_tokens", "max_completion_tokens")) {
      ObjectNode body = chat().put(field, 2);
      ObjectNode answer = client.answer(EngineEndpoint.CHAT, body);
      assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(2);
      assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
      assertThat(answer.at("/choices/0/message/content").asText().split(" ", -1)).hasSize(2);
      List<ObjectNode> chunks = chunks(client.post(EngineEndpoint.CHAT, streamed(body)));
      assertThat(chunks).hasSize(4);
    }
    ObjectNode generous = chat().put("max_tokens", 4_096).put("n", 3);
    ObjectNode answer = client.answer(EngineEndpoint.CHAT, generous);
    assertThat(answer.path("choices")).hasSize(3);
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(36);
    assertThat(answer.at("/choices/2/finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void countsALongPromptOnlySoFar() throws Exception {
    ObjectNode body = StrictJson.object().put("prompt", "word ".repeat(1_000));
    assertThat(client.answer(EngineEndpoint.COMPLETIONS, body).at("/usage/prompt_tokens").asInt())
        .isEqualTo(256);
  }
}
