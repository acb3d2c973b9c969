package dev.sealcheck.conformance.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.attestation.emulated.EmulatedEvidence;
import dev.sealcheck.conformance.attestation.emulated.EmulatedMachine;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random mutations of good evidence: none is accepted, and none makes the verifier throw. How many
 * is set by {@code -Dsealcheck.mutations}, which is 2,000 here.
 */
class EvidenceMutationTest {
  private static final int MUTATIONS = Integer.getInteger("sealcheck.mutations", 2_000);
  private static final long SEED = Long.getLong("sealcheck.mutation.seed", 5);

  /** A changed chain costs five signatures, an unchanged one none. */
  private static final int ONE_CHAIN_IN = 50;

  private static final int ONE_STREAM_IN = 10;
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private final Random random = new Random(SEED);
  private final EmulatedMachine machine = EmulatedMachine.fresh(1, NOW);
  private final KeyBinding binding =
      new KeyBinding(random.nextLong(), new X25519PublicKey(Bytes.random(32)));
  private final EvidenceEntry good = machine.evidence(binding).entries().get(0);
  private final EvidenceVerifier verifier =
      new EvidenceVerifier(
          Optional.of(TrustedRoot.insecureEmulated(machine.rootPem())),
          Optional.of(AllowList.parse(EmulatedMachine.allowListJson())));

  @Test
  void acceptsNoMutationAndLooksAtTheUnchangedChainOnce() {
    Bytes unchanged = compressed(good);
    assertThat(verify(unchanged).falseClaims()).isEmpty();
    int chains = 0;
    for (int run = 0; run < MUTATIONS; run++) {
      Bytes stream;
      if (run % ONE_CHAIN_IN == 0) {
        chains++;
        stream =
            compressed(new EvidenceEntry(good.kind(), mutated(good.certificates()), good.report()));
      } else if (run % ONE_STREAM_IN == 1) {
        stream = mutated(unchanged);
      } else {
        stream =
            compressed(new EvidenceEntry(good.kind(), good.certificates(), mutated(good.report())));
      }
      assertThat(verify(stream).holds()).as("mutation %s of seed %s", run, SEED).isFalse();
    }
    assertThat(verify(unchanged).falseClaims()).as("the same after all of them").isEmpty();
    assertThat(verifier.chainValidations()).isBetween(1, 1 + chains);
  }

  private Appraisal verify(Bytes stream) {
    return verifier.verify(stream, Optional.of(binding), NOW);
  }

  private static Bytes compressed(EvidenceEntry entry) {
    return new EmulatedEvidence(List.of(entry)).compressed();
  }

  /** A copy that differs. */
  private Bytes mutated(Bytes bytes) {
    Bytes changed = bytes;
    while (changed.equals(bytes)) {
      int times = 1 + random.nextInt(3);
      for (int i = 0; i < times; i++) {
        changed = changed.isEmpty() ? bytes : changedOnce(changed);
      }
    }
    return changed;
  }

  private Bytes changedOnce(Bytes bytes) {
    int at = random.nextInt(bytes.length());
    int end = Math.min(bytes.length(), at + 1 + random.nextInt(64));
    Bytes front = bytes.slice(0, at);
    Bytes piece = bytes.slice(at, end);
    Bytes back = bytes.slice(end, bytes.length());
    byte[] noise = new byte[piece.length()];
    random.nextBytes(noise);
    return switch (random.nextInt(8)) {
      case 0 -> front;
      case 1 -> Bytes.concat(front, back);
      case 2 -> Bytes.concat(front, piece, piece, back);
      case 3 -> Bytes.concat(front, Bytes.owning(noise), back);
      case 4 -> Bytes.concat(front, Bytes.owning(noise), piece, back);
      case 5 -> Bytes.concat(front, filled(piece.length()), back);
      default -> bytes.flippedBit(8 * at + random.nextInt(8));
    };
  }

  private Bytes filled(int length) {
    byte[] filled = new byte[length];
    Arrays.fill(filled, (byte) (random.nextBoolean() ? 0xff : 0));
    return Bytes.owning(filled);
  }
}
