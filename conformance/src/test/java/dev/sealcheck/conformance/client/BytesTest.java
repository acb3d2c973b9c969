package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BytesTest {
  private static final Bytes THREE = Bytes.hex("0102ff");

  @Test
  void streamsItsContent() throws IOException {
    assertThat(THREE.stream().readAllBytes()).isEqualTo(THREE.toArray());
  }

  @Test
  void hashesByContent() {
    assertThat(THREE.hashCode())
        .isEqualTo(Bytes.hex("0102ff").hashCode())
        .isNotEqualTo(Bytes.hex("0102fe").hashCode());
  }
}
