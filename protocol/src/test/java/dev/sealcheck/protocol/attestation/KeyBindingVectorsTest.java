package dev.sealcheck.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.vector.VectorCase;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The nonce of the devices and the hash of a PUT against vectors/key-binding. */
class KeyBindingVectorsTest {

  static List<VectorCase> nonces() {
    return VectorCase.all("key-binding", "GpuNonceTest");
  }

  static List<VectorCase> puts() {
    return VectorCase.all("key-binding", "EvidencePutTest");
  }

  @ParameterizedTest
  @MethodSource("nonces")
  void bindsDevicesToOneKeyAndOneChallenge(VectorCase one) {
    assertThat(verdict(one)).isEqualTo(one.expected());
  }

  private static String verdict(VectorCase one) {
    ChallengeNonce challenge;
    try {
      challenge = ChallengeNonce.parse(one.text("contractNonce"));
    } catch (MalformedMessageException e) {
      return "MALFORMED";
    }
    X25519PublicKey key;
    try {
      key = X25519PublicKey.copyOf(one.hex("publicKey"));
    } catch (IllegalArgumentException e) {
      return "KEY_SIZE";
    }
    boolean same = Arrays.equals(GpuNonce.of(challenge, key).toArray(), one.hex("gpuNonce"));
    return same ? "valid" : "NONCE_MISMATCH";
  }

  @ParameterizedTest
  @MethodSource("puts")
  void hashesNodeAndEvidence(VectorCase one) {
    AttestationUpdate update =
        new AttestationUpdate(
            Long.parseLong(one.text("nodeSmallId")),
            CompressedEvidence.copyOf(one.hex("compressedEvidence")),
            X25519PublicKey.copyOf(new byte[X25519PublicKey.SIZE_IN_BYTES]));
    boolean same = Arrays.equals(update.hash().toArray(), one.hex("hash"));
    assertThat(same ? "valid" : "HASH_MISMATCH").isEqualTo(one.expected());
  }
}
