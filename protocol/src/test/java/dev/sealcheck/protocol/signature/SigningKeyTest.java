package dev.sealcheck.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.wire.BodyHash;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SigningKeyTest {

  @Test
  void drawsADifferentKeyEachTime() {
    SecureRandom random = new SecureRandom();
    SigningKey one = SigningKey.generateEd25519(random);
    SigningKey other = SigningKey.generateEd25519(random);
    assertThat(one.address()).isNotEqualTo(other.address());
    assertThat(one.secret()).isNotEqualTo(new byte[32]);
    assertThat(one.scheme()).isEqualTo(SignatureScheme.ED25519);
  }

  @ParameterizedTest
  @EnumSource
  void namesItselfByItsAddress(SignatureScheme scheme) {
    byte[] secret = new byte[32];
    secret[31] = 1;
    SigningKey key = SigningKey.of(scheme, secret);
    String address = key.address().toString();
    assertThat(address).isEqualTo(key.address().text());
    assertThat(key).hasToString("SigningKey[" + scheme + ", " + address + "]");
    assertThat(key.sign(BodyHash.copyOf(new byte[32])))
        .hasToString("SignatureEnvelope[" + scheme + ", " + address + "]");
  }
}
