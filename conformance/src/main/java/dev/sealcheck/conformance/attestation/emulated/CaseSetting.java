package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.attestation.EvidenceEntry;
import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What cases are made from: an emulated authority with a machine of one GPU and one of eight, a
 * foreign authority with the same names, and the nonce and key that good evidence answers.
 */
public final class CaseSetting {
  /** When the certificates of the vectors are looked at. */
  static final Instant VECTOR_MOMENT = Instant.parse("2026-11-01T00:00:00Z");

  private static final Instant VECTOR_FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant VECTOR_UNTIL = Instant.parse("9999-12-31T23:59:59Z");
  private static final String SEED = "Sealcheck vectors of attestation, 1";
  private static final int NONCE_BYTES = 32;

  private final DeviceRandomness randomness;
  private final EmulatedMachine single;
  private final EmulatedMachine many;
  private final EmulatedMachine foreign;
  private final KeyBinding binding;

  private CaseSetting(
      DeviceRandomness randomness,
      EmulatedMachine single,
      EmulatedMachine many,
      EmulatedMachine foreign,
      KeyBinding binding) {
    this.randomness = randomness;
    this.single = single;
    this.many = many;
    this.foreign = foreign;
    this.binding = binding;
  }

  private static CaseSetting of(
      DeviceRandomness own,
      DeviceRandomness others,
      Instant from,
      Instant until,
      KeyBinding binding) {
    EmulatedAuthority authority = EmulatedAuthority.of(own, from, until);
    return new CaseSetting(
        own,
        new EmulatedMachine(own, authority, 1),
        new EmulatedMachine(own, authority, EmulatedMachine.MANY_GPUS),
        new EmulatedMachine(others, EmulatedAuthority.of(others, from, until), 1),
        binding);
  }

  /** Fresh keys, good from an hour before {@code now} for thirty days. */
  public static CaseSetting fresh(Instant now, KeyBinding binding) {
    return of(
        DeviceRandomness.fresh(),
        DeviceRandomness.fresh(),
        now.minus(Duration.ofHours(1)),
        now.plus(Duration.ofDays(30)),
        binding);
  }

  /**
   * The same keys for the same seed, so that a proxy can be told of the root beforehand: whoever
   * knows the seed has them.
   */
  public static CaseSetting insecureSeeded(Bytes seed, KeyBinding binding) {
    String own = "Sealcheck devices of the suite, 1\n" + seed.toHex();
    return of(
        DeviceRandomness.insecureSeeded(own),
        DeviceRandomness.insecureSeeded(own + ", foreign"),
        VECTOR_FROM,
        VECTOR_UNTIL,
        binding);
  }

  /**
   * The setting of the vectors, the same every time: anyone has its keys. Nonce and key are those
   * of the check value in docs/ATTESTATION.md.
   */
  static CaseSetting insecureForVectors() {
    byte[] key = new byte[X25519PublicKey.LENGTH_BYTES];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    return of(
        DeviceRandomness.insecureSeeded(SEED),
        DeviceRandomness.insecureSeeded(SEED + ", foreign"),
        VECTOR_FROM,
        VECTOR_UNTIL,
        new KeyBinding(0x0102030405060708L, new X25519PublicKey(Bytes.owning(key))));
  }

  /** A copy whose good evidence answers another nonce or key; the machines stay. */
  public CaseSetting withBinding(KeyBinding other) {
    return new CaseSetting(randomness, single, many, foreign, other);
  }

  /** The root that a verifier must be given, as PEM. */
  public Bytes rootPem() {
    return single.rootPem();
  }

  /** What good evidence answers. */
  public KeyBinding binding() {
    return binding;
  }

  /** Good evidence of the machine with one GPU: the zlib stream to put. */
  public Bytes goodEvidence() {
    return single.evidence(binding).compressed();
  }

  EmulatedMachine single() {
    return single;
  }

  EmulatedMachine many() {
    return many;
  }

  EmulatedMachine foreign() {
    return foreign;
  }

  EmulatedDevice gpu() {
    return single.gpus().get(0);
  }

  /** A good report of the one GPU. */
  EmulatedReport report() {
    return single.report(gpu(), binding.gpuNonce());
  }

  /** The one GPU's entry as it should be. */
  EvidenceEntry entry() {
    return gpu().entry(gpu().signed(report()));
  }

  /** Another nonce of 32 bytes, the same for the same purpose where the setting is seeded. */
  Bytes otherNonce(String purpose) {
    return randomness.bytes("case " + purpose, NONCE_BYTES);
  }

  /** An exhibit of the one GPU whose report and chain were made from a good report. */
  Exhibit alone(BiFunction<EmulatedDevice, EmulatedReport, EvidenceEntry> entry) {
    return Exhibit.of(this, List.of(entry.apply(gpu(), report())));
  }
}
