package dev.sealcheck.protocol.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test vectors published with BLAKE3: byte i of each input is i mod 251. */
class Blake3Test {

  private static final int PERIOD = 251;

  @ParameterizedTest
  @CsvSource({
    "0,af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
    "1,2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
    "1024,42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7",
    "1025,d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444",
    "102400,bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085",
  })
  void hashesThePublishedInputs(int sizeInBytes, String expected) {
    byte[] input = new byte[sizeInBytes];
    for (int i = 0; i < sizeInBytes; i++) {
      input[i] = (byte) (i % PERIOD);
    }
    assertThat(HexFormat.of().formatHex(Blake3.of(input).toArray())).isEqualTo(expected);
  }

  @Test
  void hashesPartsAsOneRun() {
    assertThat(Blake3.of("a".getBytes(US_ASCII), "bc".getBytes(US_ASCII)))
        .isEqualTo(Blake3.of("abc".getBytes(US_ASCII)));
  }
}
