package dev.sealcheck.node.engine;

import static dev.sealcheck.node.engine.Requests.answer;
import static dev.sealcheck.node.engine.Requests.chatWith;
import static dev.sealcheck.node.engine.Requests.chunks;
import static dev.sealcheck.node.engine.Requests.streamedText;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamTest {

  private static final String WITH_USAGE = "'stream_options': {'include_usage': true}";

  @Test
  void opensWithTheRoleAndEndsWithTheReasonAndTheUsage() throws Exception {
    List<JsonNode> chunks = chunks(chatWith("{'max_tokens': 6, " + WITH_USAGE + "}"));

    assertThat(chunks).hasSize(1 + 6 + 1 + 1);
    assertThat(chunks.get(0).at("/choices/0/delta/role").textValue()).isEqualTo("assistant");
    for (JsonNode chunk : chunks.subList(1, 7)) {
      assertThat(chunk.at("/choices/0/delta").fieldNames()).toIterable().containsExactly("content");
    }
    for (JsonNode chunk : chunks.subList(0, 7)) {
      assertThat(chunk.at("/choices/0/finish_reason").isNull()).isTrue();
    }
    assertThat(chunks.get(7).at("/choices/0/delta")).isEmpty();
    assertThat(chunks.get(7).at("/choices/0/finish_reason").textValue()).isEqualTo("length");
    assertThat(chunks.get(8).get("choices")).isEmpty();
    assertThat(chunks.get(8).at("/usage/completion_tokens").intValue()).isEqualTo(6);
    assertThat(chunks.subList(0, 8)).noneMatch(chunk -> chunk.has("usage"));
  }

  @Test
  void tellsNoUsageUnlessAsked() throws Exception {
    List<JsonNode> chunks = chunks(chatWith("{'max_tokens': 6, 'stream_options': null}"));

    assertThat(chunks).hasSize(1 + 6 + 1).noneMatch(chunk -> chunk.has("usage"));
  }

  @Test
  void keepsOneIdTimeAndModel() throws Exception {
    List<JsonNode> chunks = chunks(chatWith("{" + WITH_USAGE + "}"));

    for (String field : List.of("id", "created", "model", "object")) {
      assertThat(chunks.stream().map(chunk -> chunk.get(field)).distinct()).hasSize(1);
    }
    assertThat(chunks.get(0).get("object").textValue()).isEqualTo("chat.completion.chunk");
    assertThat(chunks(chatWith("{}")).get(0).get("id")).isNotEqualTo(chunks.get(0).get("id"));
  }

  @Test
  void interleavesItsChoicesAndLosesNothing() throws Exception {
    EngineRequest request = chatWith("{'n': 3, " + WITH_USAGE + "}");
    JsonNode whole = answer(request);
    List<JsonNode> chunks = chunks(request);

    for (int index = 0; index < 3; index++) {
      assertThat(chunks.get(index).at("/choices/0/index").intValue()).isEqualTo(index);
      assertThat(chunks.get(index).at("/choices/0/delta/role").textValue()).isEqualTo("assistant");
      assertThat(chunks.get(3 + index).at("/choices/0/index").intValue()).isEqualTo(index);
      assertThat(streamedText(chunks, index, "/delta/content"))
          .isEqualTo(whole.get("choices").get(index).at("/message/content").textValue());
      assertThat(streamedText(chunks, index, "/finish_reason").replace("null", ""))
          .isEqualTo("stop");
    }
    assertThat(chunks.get(chunks.size() - 1).get("usage")).isEqualTo(whole.get("usage"));
  }

  @Test
  void streamsNothingButTheFrameWhereTheTextIsEmpty() throws Exception {
    EngineRequest request = chatWith("{}");
    request.body().put("stop", Requests.text(request).substring(0, 2));

    List<JsonNode> chunks = chunks(request);
    assertThat(chunks).hasSize(2);
    assertThat(chunks.get(1).at("/choices/0/finish_reason").textValue()).isEqualTo("stop");
  }

  @Test
  void neverSplitsACharacter() throws Exception {
    int astral = 0;
    for (int i = 0; i < 30; i++) {
      for (JsonNode chunk : chunks(Requests.chat("𠮷野家 and number " + i))) {
        String piece = chunk.at("/choices/0/delta/content").asText("");
        assertThat(piece).isEqualTo(Tokens.wellFormed(piece)).doesNotContain("\uFFFD");
        astral += piece.codePoints().anyMatch(Character::isSupplementaryCodePoint) ? 1 : 0;
      }
    }
    assertThat(astral).isPositive();
  }
}
