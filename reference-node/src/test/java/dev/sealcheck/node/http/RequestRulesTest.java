package dev.sealcheck.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.Ciphertext;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.Envelope;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.Salt;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]";

  private final RequestRules rules = new RequestRules(List.of("m", "other"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\",\"messages\":[{\"role\":\"developer\"}]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":null}],\"stream\":null}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[]}],\"stream\":false}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"n\":null}"
      })
  void takesAValidChat(String body) throws Exception {
    assertThat(chat(body, false, OptionalLong.empty())).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{" + MESSAGES + "}",
        "{\"model\":7," + MESSAGES + "}",
        "{\"model\":\"other\"," + MESSAGES + "}",
        "{\"model\":\"m\",\"model\":\"m\"," + MESSAGES + "}",
        "{\"model\":\"m\"}",
        "{\"model\":\"m\",\"messages\":[]}",
        "{\"model\":\"m\",\"messages\":[\"a\"]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":1}]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":7}]}",
        "{\"model\":\"m\",\"stream\":true," + MESSAGES + "}",
        "{\"model\":\"m\",\"stream\":\"false\"," + MESSAGES + "}",
        "{\"model\":\"m\",\"max_tokens\":0," + MESSAGES + "}",
        "{\"model\":\"m\",\"max_tokens\":1.5," + MESSAGES + "}",
        "{\"model\":\"m\",\"n\":-1," + MESSAGES + "}"
      })
  void refusesAnInvalidChat(String body) {
    assertRefused(body, false, OptionalLong.empty());
  }

  @Test
  void refusesAModelThatIsNotServed() {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(
            () ->
                new RequestRules(List.of("other"))
                    .check(
                        envelope(ConfidentialPath.CHAT_COMPLETIONS, false, OptionalLong.empty()),
                        ("{\"model\":\"m\"," + MESSAGES + "}").getBytes(UTF_8)));
  }

  @Test
  void refusesAStreamFlagThatDiffersFromTheEnvelopes() {
    assertRefused("{\"model\":\"m\"," + MESSAGES + "}", true, OptionalLong.empty());
    assertRefused(
        "{\"model\":\"m\",\"stream\":false," + MESSAGES + "}", true, OptionalLong.empty());
  }

  @Test
  void asksForUsageInStreams() throws Exception {
    for (String options :
        List.of("", "\"stream_options\":null,", "\"stream_options\":{\"a\":1},")) {
      ObjectNode body =
          chat(
              "{\"model\":\"m\",\"stream\":true," + options + MESSAGES + "}",
              true,
              OptionalLong.empty());
      assertThat(body.path("stream_options").path("include_usage").booleanValue()).isTrue();
    }
  }

  @Test
  void holdsNamedUnitsAgainstTheBody() throws Exception {
    String body = "{\"model\":\"m\",\"max_completion_tokens\":8,\"n\":2," + MESSAGES + "}";
    assertThat(chat(body, false, OptionalLong.of(16))).isNotNull();
    assertRefused(body, false, OptionalLong.of(15));
    assertRefused(
        "{\"model\":\"m\",\"max_tokens\":9223372036854775807,\"n\":9223372036854775807,"
            + MESSAGES
            + "}",
        false,
        OptionalLong.of(15));
  }

  @Test
  void lowersTheBodyWhereNoUnitsAreNamed() throws Exception {
    ObjectNode body =
        chat(
            "{\"model\":\"m\",\"max_tokens\":9000,\"max_completion_tokens\":100,\"n\":4,"
                + MESSAGES
                + "}",
            false,
            OptionalLong.empty());
    assertThat(body.get("max_tokens").longValue()).isEqualTo(2048);
    assertThat(body.get("max_completion_tokens").longValue()).isEqualTo(100);
  }

  @Test
  void countsPixelsOfImages() throws Exception {
    String two = "{\"model\":\"m\",\"prompt\":\"p\",\"size\":\"64x32\",\"n\":2}";
    assertThat(image(two, OptionalLong.of(4096))).isNotNull();
    for (String tooLarge :
        List.of(
            two,
            "{\"model\":\"m\",\"prompt\":\"p\"}",
            "{\"model\":\"m\",\"prompt\":\"p\",\"size\":\"0x5\"}",
            "{\"model\":\"m\",\"prompt\":\"p\",\"size\":5}")) {
      assertThatExceptionOfType(MalformedMessageException.class)
          .as(tooLarge)
          .isThrownBy(() -> image(tooLarge, OptionalLong.of(4095)));
    }
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(
            () ->
                image(
                    "{\"model\":\"m\",\"prompt\":\"p\",\"size\":\"1024x1025\"}",
                    OptionalLong.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"model\":\"m\"}", "{\"model\":\"m\",\"%s\":[]}", "{\"model\":\"m\",\"%s\":7}"})
  void needsAPromptOrAnInput(String body) {
    for (ConfidentialPath path :
        List.of(
            ConfidentialPath.COMPLETIONS, ConfidentialPath.EMBEDDINGS, ConfidentialPath.IMAGES)) {
      String field = path == ConfidentialPath.EMBEDDINGS ? "input" : "prompt";
      assertThatExceptionOfType(MalformedMessageException.class)
          .as("%s %s", path, body)
          .isThrownBy(
              () ->
                  rules.check(
                      envelope(path, false, OptionalLong.empty()),
                      body.replace("%s", field).getBytes(UTF_8)));
    }
  }

  private ObjectNode chat(String body, boolean stream, OptionalLong units)
      throws MalformedMessageException {
    return rules.check(
        envelope(ConfidentialPath.CHAT_COMPLETIONS, stream, units), body.getBytes(UTF_8));
  }

  private ObjectNode image(String body, OptionalLong units) throws MalformedMessageException {
    return rules.check(envelope(ConfidentialPath.IMAGES, false, units), body.getBytes(UTF_8));
  }

  private void assertRefused(String body, boolean stream, OptionalLong units) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .as(body)
        .isThrownBy(() -> chat(body, stream, units));
  }

  private static Envelope envelope(ConfidentialPath path, boolean stream, OptionalLong units) {
    X25519PublicKey key = X25519PublicKey.copyOf(new byte[32]);
    return new Envelope(
        path,
        Ciphertext.owning(new byte[16]),
        key,
        key,
        Nonce.copyOf(new byte[12]),
        Salt.copyOf(new byte[16]),
        BodyHash.copyOf(new byte[32]),
        1,
        "m",
        stream,
        units);
  }
}
