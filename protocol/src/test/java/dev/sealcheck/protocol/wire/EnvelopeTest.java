package dev.sealcheck.protocol.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final ConfidentialPath CHAT = ConfidentialPath.CHAT_COMPLETIONS;

  @Test
  void readsEveryField() throws Exception {
    Envelope envelope = parse(CHAT, valid().put("num_compute_units", 77).put("unknown", 1));
    assertThat(envelope.ciphertext().sizeInBytes()).isEqualTo(40);
    assertThat(envelope.clientPublicKey().toArray()).isEqualTo(filled(32, 1));
    assertThat(envelope.nodePublicKey().toArray()).isEqualTo(filled(32, 2));
    assertThat(envelope.nonce().toArray()).isEqualTo(filled(12, 3));
    assertThat(envelope.salt().toArray()).isEqualTo(filled(16, 4));
    assertThat(envelope.plaintextBodyHash().toArray()).isEqualTo(filled(32, 5));
    assertThat(envelope.stackSmallId()).isEqualTo(9);
    assertThat(envelope.modelName()).isEqualTo("m/test");
    assertThat(envelope.stream()).isTrue();
    assertThat(envelope.numComputeUnits()).isEqualTo(OptionalLong.of(77));
    assertThat(envelope.units()).isEqualTo(77);
  }

  @Test
  void takesTheDefaultUnitsOfItsPath() throws Exception {
    assertThat(parse(CHAT, valid().putNull("num_compute_units")).units()).isEqualTo(8192);
    assertThat(parse(ConfidentialPath.IMAGES, valid().put("stream", false)).units())
        .isEqualTo(1_048_576);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ciphertext",
        "client_dh_public_key",
        "node_dh_public_key",
        "nonce",
        "salt",
        "plaintext_body_hash",
        "stack_small_id",
        "model_name",
        "stream"
      })
  void refusesAMissingOrNullField(String field) {
    ObjectNode missing = valid();
    missing.remove(field);
    refused(field, missing);
    refused(field, valid().putNull(field));
    refused(field, (ObjectNode) valid().set(field, StrictJson.newObject()));
  }

  @ParameterizedTest
  @CsvSource({
    "ciphertext, 15",
    "client_dh_public_key, 31",
    "client_dh_public_key, 33",
    "node_dh_public_key, 31",
    "nonce, 11",
    "nonce, 13",
    "salt, 15",
    "salt, 17",
    "plaintext_body_hash, 31",
    "plaintext_body_hash, 0"
  })
  void refusesAnotherSize(String field, int size) {
    refused(field, valid().put(field, Base64.getEncoder().encodeToString(new byte[size])));
  }

  @Test
  void takesNoNumberForAnythingButAPositiveInteger() {
    for (String number :
        List.of(
            "0", "-1", "7.0", "1e3", "\"7\"", "true", "9223372036854775808", "[7]", "1e999999")) {
      for (String field : List.of("stack_small_id", "num_compute_units")) {
        ObjectNode without = valid();
        without.remove(field);
        String text = new String(StrictJson.write(without), UTF_8);
        byte[] json =
            (text.substring(0, text.length() - 1) + ",\"" + field + "\":" + number + "}")
                .getBytes(UTF_8);
        assertThatExceptionOfType(MalformedMessageException.class)
            .as("%s %s", field, number)
            .isThrownBy(() -> Envelope.parse(CHAT, json));
      }
    }
  }

  @Test
  void needsNoStreamFlagWhereNothingStreams() throws Exception {
    ObjectNode without = valid();
    without.remove("stream");
    assertThat(parse(ConfidentialPath.EMBEDDINGS, without).stream()).isFalse();
    assertThat(parse(ConfidentialPath.EMBEDDINGS, valid().putNull("stream")).stream()).isFalse();
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> parse(ConfidentialPath.IMAGES, valid().put("stream", true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{} {}",
        "{",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "\uFEFF{}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{'a':1}",
        "{\"a\":\"\u0001\"}"
      })
  void refusesWhatIsNotOneStrictJsonObject(String json) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> StrictJson.parseObject("envelope", json.getBytes(UTF_8)));
  }

  @Test
  void refusesInvalidUtf8AndEndlessNestingWithoutACrash() {
    byte[] invalid = {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'};
    byte[] nested = ("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8);
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> StrictJson.parseObject("envelope", invalid));
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> StrictJson.parseObject("envelope", nested));
  }

  @Test
  void keepsKeyOrderAndNumbersAsWritten() throws Exception {
    byte[] json = "{\"z\":1.10,\"a\":[1,2.50],\"m\":\"é\"}".getBytes(UTF_8);
    assertThat(StrictJson.write(StrictJson.parseObject("answer", json))).isEqualTo(json);
  }

  private static void refused(String field, ObjectNode json) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> parse(CHAT, json))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field));
  }

  private static Envelope parse(ConfidentialPath path, ObjectNode json)
      throws MalformedMessageException {
    return Envelope.parse(path, StrictJson.write(json));
  }

  private static ObjectNode valid() {
    ObjectNode json = StrictJson.newObject();
    json.put("ciphertext", Base64Text.encode(new byte[40]));
    json.put("client_dh_public_key", Base64Text.encode(filled(32, 1)));
    json.put("node_dh_public_key", Base64Text.encode(filled(32, 2)));
    json.put("nonce", Base64Text.encode(filled(12, 3)));
    json.put("salt", Base64Text.encode(filled(16, 4)));
    json.put("plaintext_body_hash", Base64Text.encode(filled(32, 5)));
    json.put("stack_small_id", 9);
    json.put("model_name", "m/test");
    json.put("stream", true);
    return json;
  }

  private static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
