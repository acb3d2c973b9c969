package dev.sealcheck.protocol.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** RFC 7693 appendix A and the 32-byte output that the protocol uses. */
class Blake2b256Test {

  @Test
  void hashesAbcTo64BytesAsInRfc7693() {
    assertThat(HexFormat.of().formatHex(Blake2b256.digest(64, "abc".getBytes(US_ASCII))))
        .isEqualTo(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
  }

  @Test
  void hashesTo32BytesWhichAreNoPrefixOfTheLongOutput() {
    assertThat(HexFormat.of().formatHex(Blake2b256.of("abc".getBytes(US_ASCII)).toArray()))
        .isEqualTo("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  }

  @Test
  void hashesPartsAsOneRun() {
    assertThat(Blake2b256.of("a".getBytes(US_ASCII), "bc".getBytes(US_ASCII)))
        .isEqualTo(Blake2b256.of("abc".getBytes(US_ASCII)));
  }
}
