package dev.sealcheck.conformance.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyChallengeTest {

  @Test
  void readsAllBitsOfTheNonce() {
    assertThat(
            parse(
                "{\"node_small_id\":7,\"nonce\":\"fffffffffffffffe\",\"key_rotation_counter\":3}"))
        .isEqualTo(new ProxyChallenge(7, -2, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"nonce\":\"00000000000000ff\",\"key_rotation_counter\":3}",
        "{\"node_small_id\":7,\"key_rotation_counter\":3}",
        "{\"node_small_id\":7,\"nonce\":255,\"key_rotation_counter\":3}",
        "{\"node_small_id\":7,\"nonce\":\"ff\",\"key_rotation_counter\":3}",
        "{\"node_small_id\":7,\"nonce\":\"00000000000000FF\",\"key_rotation_counter\":3}",
        "{\"node_small_id\":7,\"nonce\":\"00000000000000ff\"}",
        "{\"node_small_id\":7.5,\"nonce\":\"00000000000000ff\",\"key_rotation_counter\":3}",
        "[]",
      })
  void refusesWhatIsNoChallenge(String json) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(MalformedAnswer.class);
  }

  private static ProxyChallenge parse(String json) {
    return ProxyChallenge.parse(Bytes.utf8(json));
  }
}
