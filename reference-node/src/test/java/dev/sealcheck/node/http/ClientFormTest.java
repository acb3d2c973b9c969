package dev.sealcheck.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFormTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"usage\":{\"prompt_tokens_details\":{\"cached_tokens\":3}}}"
            + "|{\"usage\":{\"prompt_tokens_details\":{\"cached_tokens\":3,\"audio_tokens\":0}}}",
        "{\"service_tier\":null,\"id\":\"a\"}|{\"id\":\"a\"}",
      })
  void completesOrDropsWhatNoClientTakes(String before, String after) throws Exception {
    ObjectNode answer = parse(before);
    ObjectNode chunk = parse(before);

    assertThat(ClientForm.fitAnswer(ConfidentialPath.CHAT_COMPLETIONS, answer)).isTrue();
    assertThat(ClientForm.fitChunk(chunk)).isTrue();
    assertThat(answer).isEqualTo(parse(after));
    assertThat(chunk).isEqualTo(parse(after));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"stop_reason\":null}],\"usage\":{\"prompt_tokens_details\":null}}",
        "{\"service_tier\":\"default\",\"usage\":{\"total_tokens\":1}}",
        "{\"usage\":{\"prompt_tokens_details\":{\"audio_tokens\":1,\"cached_tokens\":2}}}",
        "{\"usage\":null}",
        "{\"usage\":7}",
        "{}"
      })
  void leavesWhatFitsAlone(String json) throws Exception {
    assertThat(ClientForm.fitAnswer(ConfidentialPath.CHAT_COMPLETIONS, parse(json))).isFalse();
    assertThat(ClientForm.fitChunk(parse(json))).isFalse();
  }

  @Test
  void hidesAStopReasonOfChunks() throws Exception {
    ObjectNode chunk = parse("{\"choices\":[{\"index\":0,\"stop_reason\":128009}]}");

    assertThat(ClientForm.fitChunk(chunk)).isTrue();
    assertThat(chunk).isEqualTo(parse("{\"choices\":[{\"index\":0,\"stop_reason\":null}]}"));
  }

  @Test
  void countsTheCompletionOfEmbeddingsAsNone() throws Exception {
    ObjectNode answer = parse("{\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}");

    assertThat(ClientForm.fitAnswer(ConfidentialPath.EMBEDDINGS, answer)).isTrue();
    assertThat(answer.path("usage").path("completion_tokens").intValue()).isZero();
    assertThat(ClientForm.fitAnswer(ConfidentialPath.EMBEDDINGS, answer)).isFalse();
  }

  @Test
  void makesAnAddressOfAPictureThatIsSentItself() throws Exception {
    ObjectNode answer = parse("{\"data\":[{\"b64_json\":\"aGk=\"},{\"url\":\"https://p\"}]}");

    assertThat(ClientForm.fitAnswer(ConfidentialPath.IMAGES, answer)).isTrue();
    assertThat(answer.at("/data/0/url").textValue()).isEqualTo("data:image/png;base64,aGk=");
    assertThat(answer.at("/data/1/url").textValue()).isEqualTo("https://p");
    assertThat(ClientForm.fitAnswer(ConfidentialPath.IMAGES, answer)).isFalse();
  }

  private static ObjectNode parse(String json) throws Exception {
    return StrictJson.parseObject("test", json.getBytes(StandardCharsets.UTF_8));
  }
}
