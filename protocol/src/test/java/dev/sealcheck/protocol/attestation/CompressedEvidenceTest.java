package dev.sealcheck.protocol.attestation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class CompressedEvidenceTest {

  private static final CompressedEvidence EMPTY = CompressedEvidence.of(new EvidenceSet(List.of()));

  @Test
  void inflatesWhatItCompressed() throws Exception {
    assertThat(new String(EMPTY.inflate(), UTF_8)).isEqualTo("[]");
  }

  @Test
  void inflatesExactlyToTheCap() throws Exception {
    byte[] full = new byte[CompressedEvidence.MAX_INFLATED_SIZE_IN_BYTES];
    assertThat(CompressedEvidence.copyOf(zlib(full, 1)).inflate()).isEqualTo(full);
  }

  @Test
  void stopsABombAtTheCap() throws Exception {
    byte[] bomb = zlib(new byte[1024 * 1024], 256);
    assertThat(bomb.length).isLessThan(CompressedEvidence.MAX_SIZE_IN_BYTES);
    assertThatThrownBy(CompressedEvidence.copyOf(bomb)::inflate)
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("at most");
  }

  @Test
  void refusesATruncatedStreamAtEveryLength() {
    byte[] whole = EMPTY.toArray();
    for (int length = 0; length < whole.length; length++) {
      assertThatThrownBy(CompressedEvidence.copyOf(Arrays.copyOf(whole, length))::inflate)
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  @Test
  void refusesBytesAfterTheStream() {
    byte[] longer = Arrays.copyOf(EMPTY.toArray(), EMPTY.sizeInBytes() + 1);
    assertThatThrownBy(CompressedEvidence.copyOf(longer)::inflate)
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void refusesAStreamThatNeedsADictionary() {
    // RFC 1950 section 2.2: CMF 0x78, FLG 0x20 with FCHECK, then the dictionary's checksum.
    byte[] needsDictionary = {0x78, 0x20 | 0x1b, 0, 0, 0, 1, 3, 0};
    assertThatThrownBy(CompressedEvidence.copyOf(needsDictionary)::inflate)
        .isInstanceOf(MalformedMessageException.class);
  }

  private static byte[] zlib(byte[] content, int times) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(out)) {
      for (int i = 0; i < times; i++) {
        zlib.write(content);
      }
    }
    return out.toByteArray();
  }
}
