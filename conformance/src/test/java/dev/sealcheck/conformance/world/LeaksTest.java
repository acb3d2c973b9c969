package dev.sealcheck.conformance.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.client.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a stack trace | failed at com.acme.Proxy.open(Proxy.java:12)",
        "a stack trace | Traceback (most recent call last)",
        "a stack trace | java.lang.IllegalStateException",
        "a stack trace | thread 'main' panicked at 'no'",
        "a hash or a key | hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "a hash or a key in base64 | key WGmv9FBUlzLLqu1eXfmzCm2jHLDldCutWtShp2jxpns=",
        "a hash or a key in base64 | key WGmv9FBUlzLLqu1eXfmzCm2jHLDldCutWtShp2jxpns",
        "the address of a signer | 0xa0ccc8bcc83f6c628340134f8546a21e0618fd1a",
        "a network address | no answer from 10.20.30.40",
        "a network address | no answer from http://node-1.internal:8080/v1",
        "a token | Bearer sk-abcdefgh",
        "a token | unknown token sk-abcdefgh",
      })
  void findsWhatHasAFormOfItsOwn(String what, String text) {
    assertThat(new Leaks().in(text)).contains(what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":\"INVALID_BODY\",\"message\":\"The request body is not valid.\"}}",
        "request 123e4567-e89b-12d3-a456-426614174000",
        "request 0123456789abcdef0123456789abcdef",
        "see https://docs.example.com/errors#invalid-body",
        "version 1.2.3",
        "nginx/1.25.3",
      })
  void leavesHarmlessTextsAlone(String text) {
    assertThat(new Leaks().models(List.of("m/one", "m/two")).in(text)).isEmpty();
  }

  @Test
  void findsTwoModelsAndNotOne() {
    Leaks leaks = new Leaks().models(List.of("m/one", "m/two"));

    assertThat(leaks.in("no such model m/one")).isEmpty();
    assertThat(leaks.in("choose m/one or m/two")).contains("a list of models");
  }

  @Test
  void findsEverySpellingOfKnownBytesAndShowsNone() {
    Bytes salt = Bytes.hex("fbff00112233445566778899aabbccdd");
    Leaks leaks = new Leaks().forbid("a salt", salt);

    assertThat(leaks.in("fbff00112233445566778899aabbccdd")).contains("a salt");
    assertThat(leaks.in("+/8AESIzRFVmd4iZqrvM3Q==")).contains("a salt");
    assertThat(leaks.in("-_8AESIzRFVmd4iZqrvM3Q")).contains("a salt");
    assertThat(leaks.longestChars()).isEqualTo(32);
  }

  @Test
  void leavesOutValuesThatStandInTextsByChance() {
    assertThat(new Leaks().forbid("an answer", "ok").in("that is ok")).isEmpty();
  }
}
