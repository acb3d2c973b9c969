package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedAnswerTest {
  private static final Bytes PLAINTEXT =
      Bytes.utf8("{\"z\":1,\"a\":0.10,\"usage\":{\"total_tokens\":3}}");
  private final SigningPair node = SigningPair.generate();
  private final SealedRequest request = Vector.RECIPE.seal(Vector.LOCK);
  private final Nonce nonce = Nonce.fresh();

  @Test
  void opensAnAnswer() {
    OpenedAnswer opened = SealedAnswer.parse(StrictJson.write(answer())).open(request);

    assertThat(opened.plaintext()).isEqualTo(PLAINTEXT);
    assertThat(StrictJson.write(opened.json())).isEqualTo(PLAINTEXT);
    assertThat(opened.hashMatches()).isTrue();
    assertThat(opened.signatureValid()).isTrue();
    assertThat(opened.signer()).isEqualTo(node.address());
    assertThat(opened.outerUsage()).isPresent().isEqualTo(opened.innerUsage());
    assertThat(opened.nonce()).isEqualTo(nonce);
    assertThat(opened.toString()).doesNotContain("total_tokens");
  }

  @Test
  void recordsAWrongHashAndStillOpens() {
    BodyHash other = BodyHash.of(Bytes.utf8("other"));
    ObjectNode answer = answer();
    answer.put("response_hash", other.base64());
    answer.put("signature", node.sign(other).base64());
    OpenedAnswer opened = SealedAnswer.parse(StrictJson.write(answer)).open(request);

    assertThat(opened.hashMatches()).isFalse();
    assertThat(opened.signatureValid()).isTrue();
  }

  @Test
  void recordsAFalseSignatureAndStillOpens() {
    ObjectNode answer = answer();
    answer.put("signature", node.sign(BodyHash.of(Bytes.empty())).base64());
    OpenedAnswer opened = SealedAnswer.parse(StrictJson.write(answer)).open(request);

    assertThat(opened.hashMatches()).isTrue();
    assertThat(opened.signatureValid()).isFalse();
    assertThat(opened.signer()).isEqualTo(node.address());
  }

  @Test
  void cannotOpenUnderTheKeyOfAnotherRequest() {
    SealedAnswer answer = SealedAnswer.parse(StrictJson.write(answer()));
    SealedRequest other = Vector.RECIPE.seal(Vector.LOCK);

    assertThatThrownBy(() -> answer.open(other)).isInstanceOf(CannotOpen.class);
  }

  @Test
  void takesNullUsageAsAbsentAndIgnoresUnknownFields() {
    ObjectNode answer = answer();
    answer.putNull("usage");
    answer.put("more", true);

    assertThat(SealedAnswer.parse(StrictJson.write(answer)).usage()).isEmpty();
  }

  @Test
  void refusesMissingAndMalformedFields() {
    for (String field : List.of("ciphertext", "nonce", "response_hash", "signature")) {
      assertMalformed(field, answer().without(field));
      assertMalformed(field, answer().put(field, 1));
      assertMalformed(field, answer().put(field, "QQ"));
      assertMalformed(field, answer().put(field, "QQ=="));
    }
  }

  @Test
  void refusesADuplicateField() {
    String json = StrictJson.write(answer()).toLenientUtf8();
    Bytes twice = Bytes.utf8("{\"nonce\":\"" + nonce.base64() + "\"," + json.substring(1));

    assertThatThrownBy(() -> SealedAnswer.parse(twice))
        .hasMessage("body: must not name a key twice");
  }

  private static void assertMalformed(String field, ObjectNode answer) {
    assertThatThrownBy(() -> SealedAnswer.parse(StrictJson.write(answer)))
        .isInstanceOfSatisfying(
            MalformedAnswer.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  private ObjectNode answer() {
    Bytes sealed = Seal.seal(request.derivation().key(), nonce, PLAINTEXT);
    BodyHash hash = BodyHash.of(PLAINTEXT);
    ObjectNode answer = StrictJson.object();
    answer.put("ciphertext", Base64Text.encode(sealed));
    answer.put("nonce", nonce.base64());
    answer.put("response_hash", hash.base64());
    answer.put("signature", node.sign(hash).base64());
    answer.putObject("usage").put("total_tokens", 3);
    return answer;
  }
}
