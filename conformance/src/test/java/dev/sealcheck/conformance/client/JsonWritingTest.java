package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class JsonWritingTest {

  private static final JsonNode VALUE =
      StrictJson.parse(Bytes.utf8("{\"a\":[1.0,\"x/\\\"\\n\"],\"\uD83D\uDE80\":null,\"c\":true}"));

  @Test
  void writesGapsAroundEverything() {
    assertThat(text(new JsonWriting(" ", 0), "{\"a\":[1,\"b\"]}"))
        .isEqualTo(" { \"a\" : [ 1 , \"b\" ] } ");
  }

  @Test
  void writesEveryManiethCharacterAsAnEscape() {
    assertThat(text(new JsonWriting("", 2), "{\"abc\":\"d\"}"))
        .isEqualTo("{\"\\u0061b\\u0063\":\"\\u0064\"}");
  }

  @Property(tries = 50)
  void neverChangesTheValue(
      @ForAll @IntRange(max = 9) int escapedEvery, @ForAll @StringLength(max = 20) String text) {
    assertThat(StrictJson.parse(new JsonWriting("\r\n\t ", escapedEvery).write(VALUE)))
        .isEqualTo(VALUE);
    JsonNode any = StrictJson.object().put("text", text.replaceAll("[\\ud800-\\udfff]", ""));
    assertThat(StrictJson.parse(new JsonWriting("", escapedEvery).write(any))).isEqualTo(any);
  }

  @Test
  void refusesGapsThatAreNoWhitespaceOfJson() {
    assertThatThrownBy(() -> new JsonWriting("\u00a0", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JsonWriting("", -1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(JsonWriting writing, String json) {
    return writing.write(StrictJson.parse(Bytes.utf8(json))).toLenientUtf8();
  }
}
