package dev.sealcheck.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.attestation.AllowList;
import dev.sealcheck.conformance.attestation.EvidencePut;
import dev.sealcheck.conformance.attestation.EvidenceVerifier;
import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.attestation.ProxyChallenge;
import dev.sealcheck.conformance.attestation.TrustedRoot;
import dev.sealcheck.conformance.attestation.emulated.EmulatedMachine;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.time.SuiteClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuiteDevicesTest {

  private static final SuiteClock CLOCK = SuiteClock.system();

  @Test
  void theSameSeedHasTheSameRoot() {
    Bytes seed = Bytes.random(16);

    assertThat(rootOf(Optional.of(seed))).isEqualTo(rootOf(Optional.of(seed)));
    assertThat(rootOf(Optional.of(seed))).isNotEqualTo(rootOf(Optional.of(Bytes.random(16))));
    assertThat(rootOf(Optional.empty())).isNotEqualTo(rootOf(Optional.empty()));
  }

  @Test
  void evidenceOfASeededMachineHoldsForItsChallenge() {
    SuiteDevices devices = SuiteDevices.of(Optional.of(Bytes.random(16)), CLOCK);
    X25519PublicKey key = X25519Pair.fresh().publicKey();
    EvidencePut put = devices.evidence(new ProxyChallenge(4, -5, 1), key);
    EvidenceVerifier verifier =
        new EvidenceVerifier(
            Optional.of(TrustedRoot.insecureEmulated(devices.rootPem())),
            Optional.of(AllowList.parse(EmulatedMachine.allowListJson())));

    assertThat(put.nodeSmallId()).isEqualTo(4);
    assertThat(
            verifier
                .verify(put.compressedEvidence(), Optional.of(new KeyBinding(-5, key)), CLOCK.now())
                .holds())
        .isTrue();
  }

  private static Bytes rootOf(Optional<Bytes> seed) {
    return SuiteDevices.of(seed, CLOCK).rootPem();
  }
}
