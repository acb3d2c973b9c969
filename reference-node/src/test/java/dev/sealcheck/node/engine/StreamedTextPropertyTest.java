package dev.sealcheck.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class StreamedTextPropertyTest {

  @Property(tries = 200)
  void streamsTheTextAndUsageThatItWouldAnswer(
      @ForAll("prompts") String prompt,
      @ForAll @IntRange(min = 1, max = 40) int limit,
      @ForAll @IntRange(min = 1, max = 3) int choices)
      throws Exception {
    EngineRequest request = Requests.chat(prompt);
    request.body().put("max_tokens", limit).put("n", choices);
    JsonNode whole = Requests.answer(request);
    request.body().put("stream", true).putObject("stream_options").put("include_usage", true);
    List<JsonNode> chunks = Requests.chunks(request);

    for (int index = 0; index < choices; index++) {
      String said = whole.get("choices").get(index).at("/message/content").textValue();
      assertThat(Requests.streamedText(chunks, index, "/delta/content"))
          .isEqualTo(said)
          .isEqualTo(Tokens.wellFormed(said))
          .isNotEmpty();
    }
    assertThat(chunks.get(chunks.size() - 1).get("usage")).isEqualTo(whole.get("usage"));
    assertThat(whole.at("/usage/completion_tokens").intValue()).isEqualTo(limit * choices);
  }

  /** Every code point may occur: astral ones, controls, and surrogates without a partner. */
  @Provide
  Arbitrary<String> prompts() {
    Arbitrary<Integer> any = Arbitraries.integers().between(0, Character.MAX_CODE_POINT);
    Arbitrary<Integer> letters = Arbitraries.integers().between('a', 'z');
    Arbitrary<Integer> astral = Arbitraries.integers().between(0x1F300, 0x1F6FF);
    return Arbitraries.oneOf(any, letters, astral)
        .array(int[].class)
        .ofMaxSize(60)
        .map(characters -> new String(characters, 0, characters.length));
  }
}
