package dev.sealcheck.conformance.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.attestation.emulated.EmulatedEvidence;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random mutations of the good evidence in vectors/attestation: none is accepted, none hangs, and
 * none makes the verifier throw. How many is set by {@code -Dsealcheck.mutations}, which are by
 * {@code -Dsealcheck.mutation.seed}.
 */
class EvidenceMutationTest {
  private static final int MUTATIONS = Integer.getInteger("sealcheck.mutations", 2_000);
  private static final long SEED = Long.getLong("sealcheck.mutation.seed", 5);

  /** A changed chain costs five signatures, an unchanged one none. */
  private static final int ONE_CHAIN_IN = 50;

  private static final int ONE_STREAM_IN = 10;
  private static final int FAR_MORE_THAN_THE_CAP_BYTES = 8 << 20;

  private final Random random = new Random(SEED);
  private KeyBinding binding;
  private Instant moment;
  private EvidenceEntry good;
  private EvidenceVerifier verifier;

  @BeforeEach
  void readsTheGoodVector() throws IOException {
    JsonNode file =
        StrictJson.parse(
            Bytes.owning(Files.readAllBytes(Path.of("..", "vectors", "attestation", "good.json"))));
    JsonNode one = file.path("cases").path(0);
    binding =
        new KeyBinding(
            KeyBinding.parseNonce(one.path("nonce").textValue()),
            new X25519PublicKey(Base64Text.decode("key", one.path("public_key").textValue())));
    moment = Instant.parse(file.path("moment").textValue());
    good =
        new EvidenceEntry(
            DeviceKind.GPU,
            Bytes.utf8(file.path("chains").path("chain-1").textValue()),
            Base64Text.decode("report", file.path("reports").path("report-1").textValue()));
    verifier =
        new EvidenceVerifier(
            Optional.of(TrustedRoot.insecureEmulated(Bytes.utf8(file.path("root").textValue()))),
            Optional.of(AllowList.parse(StrictJson.write(file.path("allow_list")))));
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void acceptsNoMutationAndLooksAtTheUnchangedChainOnce() throws IOException {
    Bytes unchanged = compressed(good);
    assertThat(verify(unchanged).falseClaims()).isEmpty();
    int chains = 0;
    for (int run = 0; run < MUTATIONS; run++) {
      String name = "mutation " + run + " of seed " + SEED;
      if (run % ONE_CHAIN_IN == 0) {
        chains++;
        Bytes chain = mutated(good.certificates());
        Bytes stream = compressed(new EvidenceEntry(good.kind(), chain, good.report()));
        assertThat(verify(stream).holds()).as(name).isFalse();
      } else if (run % ONE_STREAM_IN == 1) {
        // A stream has bits that mean nothing: what is accepted then is the unchanged evidence.
        Bytes stream = mutated(unchanged);
        assertThat(!verify(stream).holds() || inflated(stream).equals(inflated(unchanged)))
            .as(name)
            .isTrue();
      } else {
        Bytes report = mutated(good.report());
        Bytes stream = compressed(new EvidenceEntry(good.kind(), good.certificates(), report));
        assertThat(verify(stream).holds()).as(name).isFalse();
      }
    }
    assertThat(verify(unchanged).falseClaims()).as("the same after all of them").isEmpty();
    assertThat(verifier.chainValidations()).isBetween(1, 1 + chains);
  }

  private Appraisal verify(Bytes stream) {
    return verifier.verify(stream, Optional.of(binding), moment);
  }

  private static Bytes compressed(EvidenceEntry entry) {
    return new EmulatedEvidence(List.of(entry)).compressed();
  }

  /** Only for streams that were accepted; the verifier does not inflate them here. */
  private static Bytes inflated(Bytes stream) throws IOException {
    try (InputStream content = new InflaterInputStream(stream.stream())) {
      return Bytes.owning(content.readNBytes(FAR_MORE_THAN_THE_CAP_BYTES));
    }
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
