package dev.sealcheck.proxy.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.protocol.attestation.AttestationChallenge;
import dev.sealcheck.protocol.attestation.AttestationUpdate;
import dev.sealcheck.protocol.attestation.ChallengeNonce;
import dev.sealcheck.protocol.attestation.CompressedEvidence;
import dev.sealcheck.protocol.attestation.DeviceEvidence;
import dev.sealcheck.protocol.attestation.EvidenceSet;
import dev.sealcheck.protocol.attestation.GpuNonce;
import dev.sealcheck.protocol.attestation.NodeAttestation;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AttestationsTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SigningKey SIGNER = SigningKey.generateEd25519(RANDOM);
  private static final SigningKey STRANGER = SigningKey.generateEd25519(RANDOM);
  private static final ForgedDevice DEVICE = ForgedDevice.alone();
  private static final X25519PublicKey FIRST = key(1);
  private static final X25519PublicKey SECOND = key(2);
  private static final long NODE = 7;

  private final HandTime time = new HandTime();
  private final List<X25519PublicKey> proven = new ArrayList<>();
  private final Attestations attestations =
      new Attestations(
          Map.of(NODE, SIGNER.address(), 8L, STRANGER.address()),
          AttestationsTest::policy,
          (id, key) -> proven.add(key),
          time,
          RANDOM);

  @Test
  void keepsEvidenceThatAnswersItsChallenge() throws Exception {
    AttestationChallenge challenge = attestations.challenge(NODE);
    assertThat(challenge.keyRotationCounter()).isEqualTo(1);
    AttestationUpdate update = update(challenge.nonce(), FIRST);
    put(update);
    NodeAttestation kept = attestations.accepted(NODE);
    assertThat(kept.update()).isEqualTo(update);
    assertThat(kept.nonce()).isEqualTo(challenge.nonce());
    assertThat(kept.keyRotationCounter()).isEqualTo(1);
    assertThat(kept.nodeAddress()).isEqualTo(SIGNER.address());
    assertThat(kept.signature().verifies(kept.update().hash())).isTrue();
    assertThat(attestations.isProven(NODE, FIRST)).isTrue();
    assertThat(attestations.isProven(NODE, SECOND)).isFalse();
    assertThat(attestations.isProven(8, FIRST)).isFalse();
    assertThat(proven).containsExactly(FIRST);
  }

  @Test
  void countsWhatItAccepted() throws Exception {
    put(update(attestations.challenge(NODE).nonce(), FIRST));
    AttestationChallenge next = attestations.challenge(NODE);
    assertThat(next.keyRotationCounter()).isEqualTo(2);
    put(update(next.nonce(), SECOND));
    assertThat(attestations.accepted(NODE).keyRotationCounter()).isEqualTo(2);
    assertThat(attestations.isProven(NODE, FIRST)).isFalse();
    assertThat(proven).containsExactly(FIRST, SECOND);
  }

  @Test
  void leavesSeveralChallengesOpenUntilOneIsAnswered() throws Exception {
    ChallengeNonce first = attestations.challenge(NODE).nonce();
    ChallengeNonce second = attestations.challenge(NODE).nonce();
    assertThat(first).isNotEqualTo(second);
    put(update(first, FIRST));
    assertRefused(ErrorCode.STALE_EVIDENCE, () -> put(update(second, SECOND)));
    assertThat(attestations.isProven(NODE, FIRST)).isTrue();
  }

  @Test
  void refusesTheSameEvidenceAgain() throws Exception {
    AttestationUpdate update = update(attestations.challenge(NODE).nonce(), FIRST);
    put(update);
    assertRefused(ErrorCode.STALE_EVIDENCE, () -> put(update));
    attestations.challenge(NODE);
    assertRefused(ErrorCode.STALE_EVIDENCE, () -> put(update));
    assertThat(attestations.accepted(NODE).keyRotationCounter()).isEqualTo(1);
  }

  @Test
  void closesAChallengeAfter60Seconds() throws Exception {
    ChallengeNonce nonce = attestations.challenge(NODE).nonce();
    AttestationUpdate update = update(nonce, FIRST);
    time.move(Duration.ofSeconds(60));
    assertRefused(ErrorCode.STALE_EVIDENCE, () -> put(update));
    ChallengeNonce other = attestations.challenge(NODE).nonce();
    time.move(Duration.ofSeconds(60).minusNanos(1));
    put(update(other, FIRST));
    assertThat(attestations.isProven(NODE, FIRST)).isTrue();
  }

  @Test
  void refusesEvidenceBeforeAnyChallenge() {
    assertRefused(ErrorCode.STALE_EVIDENCE, () -> put(update(new ChallengeNonce(0), FIRST)));
  }

  @Test
  void refusesEvidenceForAnotherKeyThanItNames() throws Exception {
    AttestationUpdate good = update(attestations.challenge(NODE).nonce(), FIRST);
    assertRefused(
        ErrorCode.STALE_EVIDENCE, () -> put(new AttestationUpdate(NODE, good.evidence(), SECOND)));
    assertThat(proven).isEmpty();
  }

  @Test
  void refusesAnotherSignerAndAnotherBody() throws Exception {
    AttestationUpdate update = update(attestations.challenge(NODE).nonce(), FIRST);
    assertRefused(
        ErrorCode.AUTH_ERROR, () -> attestations.put(update, STRANGER.sign(update.hash())));
    AttestationUpdate other = new AttestationUpdate(8, update.evidence(), FIRST);
    assertRefused(ErrorCode.AUTH_ERROR, () -> attestations.put(update, SIGNER.sign(other.hash())));
    put(update);
  }

  @Test
  void keepsTheLastEvidenceWhenALaterOneDoesNotVerify() throws Exception {
    put(update(attestations.challenge(NODE).nonce(), FIRST));
    GpuNonce nonce = GpuNonce.of(attestations.challenge(NODE).nonce(), SECOND);
    DeviceEvidence debug =
        DEVICE.evidence(
            nonce, d -> Arrays.fill(d.measurements[63], (byte) 0xdb), UnaryOperator.identity());
    assertRefused(ErrorCode.INVALID_EVIDENCE, () -> put(update(SECOND, debug)));
    assertRefused(ErrorCode.INVALID_EVIDENCE, () -> put(update(SECOND)));
    assertRefused(
        ErrorCode.INVALID_EVIDENCE,
        () ->
            put(
                new AttestationUpdate(
                    NODE, CompressedEvidence.copyOf(new byte[] {1, 2, 3}), SECOND)));
    assertThat(attestations.isProven(NODE, FIRST)).isTrue();
    assertThat(proven).containsExactly(FIRST);
    // The challenge is still open: a mistake does not cost the node its turn.
    put(update(SECOND, DEVICE.evidence(nonce)));
    assertThat(proven).containsExactly(FIRST, SECOND);
  }

  @Test
  void refusesAMachineOfWhichOneDeviceAnswersSomethingElse() throws Exception {
    ChallengeNonce nonce = attestations.challenge(NODE).nonce();
    ForgedDevice other =
        DEVICE.sibling(dev.sealcheck.protocol.attestation.DeviceKind.GPU, List.of());
    assertRefused(
        ErrorCode.INVALID_EVIDENCE,
        () ->
            put(
                update(
                    FIRST,
                    DEVICE.evidence(GpuNonce.of(nonce, FIRST)),
                    other.evidence(GpuNonce.of(nonce, SECOND)))));
  }

  @Test
  void knowsNoOtherNodes() {
    assertRefused(ErrorCode.NOT_FOUND, () -> attestations.challenge(9));
    assertRefused(ErrorCode.NOT_FOUND, () -> attestations.accepted(9));
    assertRefused(ErrorCode.NOT_FOUND, () -> attestations.accepted(NODE));
    AttestationUpdate update =
        new AttestationUpdate(9, CompressedEvidence.copyOf(new byte[] {1}), FIRST);
    assertRefused(ErrorCode.NOT_FOUND, () -> attestations.put(update, SIGNER.sign(update.hash())));
  }

  @Test
  void handsOutABoundedNumberOfChallengesAndTurnsNobodyAway() throws Exception {
    ChallengeNonce first = attestations.challenge(NODE).nonce();
    Set<ChallengeNonce> nonces = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      nonces.add(attestations.challenge(NODE).nonce());
    }
    assertThat(nonces).hasSizeLessThan(300);
    put(update(first, FIRST));
    assertThat(nonces).doesNotContain(attestations.challenge(NODE).nonce());
  }

  @Test
  void acceptsNothingWhileItsPolicyCannotBeRead() throws Exception {
    Attestations blind =
        new Attestations(
            Map.of(NODE, SIGNER.address()),
            () -> {
              throw new IOException("no root");
            },
            (id, key) -> proven.add(key),
            time,
            RANDOM);
    AttestationUpdate update = update(blind.challenge(NODE).nonce(), FIRST);
    assertRefused(ErrorCode.INTERNAL_ERROR, () -> blind.put(update, SIGNER.sign(update.hash())));
    assertThat(proven).isEmpty();
  }

  private void put(AttestationUpdate update) throws RefusedException {
    attestations.put(update, SIGNER.sign(update.hash()));
  }

  private static AttestationUpdate update(ChallengeNonce nonce, X25519PublicKey key) {
    return update(key, DEVICE.evidence(GpuNonce.of(nonce, key)));
  }

  private static AttestationUpdate update(X25519PublicKey key, DeviceEvidence... devices) {
    return new AttestationUpdate(
        NODE, CompressedEvidence.of(new EvidenceSet(List.of(devices))), key);
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static X25519PublicKey key(int value) {
    byte[] key = new byte[X25519PublicKey.SIZE_IN_BYTES];
    Arrays.fill(key, (byte) value);
    return X25519PublicKey.copyOf(key);
  }

  private static EvidencePolicy policy() throws IOException {
    try {
      return new EvidencePolicy(
          Set.of(CertificateChain.readOne(DEVICE.rootPem())),
          List.of(AllowList.parse(ForgedDevice.allowList())));
    } catch (MalformedMessageException e) {
      throw new IOException(e);
    }
  }

  private static final class HandTime implements Timekeeper {
    private long nanos = Long.MAX_VALUE - 5;

    void move(Duration by) {
      nanos += by.toNanos();
    }

    @Override
    public Instant now() {
      return ForgedDevice.NOW;
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void pause(Duration delay) {
      move(delay);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      throw new UnsupportedOperationException("nothing here needs a timer");
    }
  }
}
