package dev.sealcheck.node.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class TokensTest {

  @Test
  void countsByThePublishedEncoding() {
    // Examples that the encoding's makers publish with their counts.
    assertThat(Tokens.count("tiktoken is great!")).isEqualTo(6);
    assertThat(Tokens.count("antidisestablishmentarianism")).isEqualTo(6);
    assertThat(Tokens.count("")).isZero();
  }

  @Test
  void takesNamesOfSpecialTokensForPlainText() {
    assertThat(Tokens.count("<|endoftext|>")).isGreaterThan(1);
  }

  @Test
  void splitsIntoTheBytesOfTheText() {
    String text = "naïve 🦔 漢字 <|endoftext|>";
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    Tokens.split(text).forEach(joined::writeBytes);

    assertThat(joined.toString(UTF_8)).isEqualTo(text);
    assertThat(Tokens.split(text)).hasSize(Tokens.count(text));
  }

  @Test
  void countsLongProseExactlyAlthoughInParts() {
    String prose = "The patient lighthouse remembers a quiet kettle. ".repeat(2_000);
    assertThat(Tokens.count(prose)).isEqualTo(Tokens.split(prose).size());
  }

  @Test
  void countsLongRunsWithoutSplittingACharacter() {
    // 8 letters of this run make one token; a part that split a pair would count replacements.
    assertThat(Tokens.count("a".repeat(100_000))).isEqualTo(12_500);
    String hedgehogs = "x" + "🦔".repeat(20_000);
    int one = Tokens.count("🦔");
    assertThat(Tokens.count(hedgehogs)).isBetween(20_000, 20_000 * one + 1);
    assertThat(Tokens.count("x" + "🦔".repeat(8_191) + "🦔")).isEqualTo(8_192 * one + 1);
  }
}
