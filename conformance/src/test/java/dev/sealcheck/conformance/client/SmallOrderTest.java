package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SmallOrderTest {

  @Test
  void namesFourteenDifferentKeysThatAllLeadToZero() {
    Map<String, X25519PublicKey> keys = SmallOrder.encodings();
    X25519Pair pair = X25519Pair.fresh();

    assertThat(keys).hasSize(14);
    assertThat(keys.values()).doesNotHaveDuplicates();
    assertThat(keys.values())
        .allSatisfy(
            key ->
                assertThatThrownBy(() -> pair.sharedSecret(key)).isInstanceOf(SmallOrderKey.class));
  }
}
