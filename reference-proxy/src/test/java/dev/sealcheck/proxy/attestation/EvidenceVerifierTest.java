package dev.sealcheck.proxy.attestation;

import static dev.sealcheck.proxy.attestation.Claim.CERTIFICATE_CHAIN;
import static dev.sealcheck.proxy.attestation.Claim.DEBUG_OFF;
import static dev.sealcheck.proxy.attestation.Claim.DRIVER_VERSION;
import static dev.sealcheck.proxy.attestation.Claim.EVIDENCE_INFLATED;
import static dev.sealcheck.proxy.attestation.Claim.EVIDENCE_SET;
import static dev.sealcheck.proxy.attestation.Claim.FIRMWARE_MATCH;
import static dev.sealcheck.proxy.attestation.Claim.MEASUREMENTS;
import static dev.sealcheck.proxy.attestation.Claim.NONCE_MATCH;
import static dev.sealcheck.proxy.attestation.Claim.REPORT_PARSED;
import static dev.sealcheck.proxy.attestation.Claim.SECURE_BOOT;
import static dev.sealcheck.proxy.attestation.Claim.SIGNATURE_VERIFIED;
import static dev.sealcheck.proxy.attestation.Claim.VBIOS_VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.attestation.ChallengeNonce;
import dev.sealcheck.protocol.attestation.CompressedEvidence;
import dev.sealcheck.protocol.attestation.DeviceEvidence;
import dev.sealcheck.protocol.attestation.DeviceKind;
import dev.sealcheck.protocol.attestation.EvidenceSet;
import dev.sealcheck.protocol.attestation.GpuNonce;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of bad evidence in docs/ATTESTATION.md, with exactly the claims it makes false. */
class EvidenceVerifierTest {

  private static final X25519PublicKey KEY = key(32, 7);
  private static final GpuNonce NONCE = GpuNonce.of(new ChallengeNonce(1), KEY);
  private static final ForgedDevice DEVICE = ForgedDevice.alone();
  private static final ForgedDevice FOREIGN = ForgedDevice.alone();
  private static final EvidencePolicy POLICY = policy();

  private static final Set<Claim> NOT_PARSED =
      Set.of(
          REPORT_PARSED,
          FIRMWARE_MATCH,
          NONCE_MATCH,
          SIGNATURE_VERIFIED,
          DRIVER_VERSION,
          VBIOS_VERSION,
          MEASUREMENTS,
          SECURE_BOOT,
          DEBUG_OFF);
  private static final Set<Claim> NOT_MEASURED = Set.of(MEASUREMENTS, SECURE_BOOT, DEBUG_OFF);

  /** Where the regions of a report begin; docs/ATTESTATION.md. */
  private static final int BLOCKS_START = 45;

  private static final int OPAQUE_LENGTH = BLOCKS_START + 3520 + 32;

  @Test
  void acceptsGoodEvidence() {
    Verdict verdict = judge(DEVICE.evidence(NONCE));
    assertThat(verdict.failures()).isEmpty();
    assertThat(verdict.accepted()).isTrue();
    assertThat(verdict.findings()).hasSize(Claim.values().length);
  }

  @Test
  void acceptsAFullMachine() {
    assertThat(judge(fullMachine()).failures()).isEmpty();
  }

  static Stream<Arguments> changedReports() {
    byte[] wrong = new byte[32];
    return Stream.of(
        Arguments.of("wrong nonce", change(d -> d.nonce = wrong), Set.of(NONCE_MATCH)),
        Arguments.of(
            "evidence for another key",
            change(d -> d.nonce = GpuNonce.of(new ChallengeNonce(1), key(32, 8)).toArray()),
            Set.of(NONCE_MATCH)),
        Arguments.of(
            "nonce over a key of 33 bytes",
            change(d -> d.nonce = rawNonce(33, 300)),
            Set.of(NONCE_MATCH)),
        Arguments.of(
            "nonce over another slot",
            change(d -> d.nonce = rawNonce(32, 301)),
            Set.of(NONCE_MATCH)),
        Arguments.of(
            "nonce only in the responder's field",
            change(
                d -> {
                  d.responderNonce = d.nonce;
                  d.nonce = wrong;
                }),
            Set.of(NONCE_MATCH)),
        Arguments.of("specification 2", change(d -> d.specification = 2), NOT_PARSED),
        Arguments.of("63 blocks said, 64 there", change(d -> d.blocks = 63), NOT_PARSED),
        Arguments.of("0 blocks said", change(d -> d.blocks = 0), NOT_PARSED),
        Arguments.of("record length past the end", change(d -> d.recordLength = 9000), NOT_PARSED),
        Arguments.of(
            "opaque length past the end", change(d -> d.opaqueLengthOffset = 97), NOT_PARSED),
        Arguments.of(
            "opaque length before the end", change(d -> d.opaqueLengthOffset = -1), NOT_PARSED),
        Arguments.of(
            "duplicate entry type", change(d -> d.opaque.add(d.opaque.get(0))), NOT_PARSED),
        Arguments.of(
            "debug enabled",
            change(d -> Arrays.fill(d.measurements[63], (byte) 0xdb)),
            NOT_MEASURED),
        Arguments.of("unlisted measurement", change(d -> d.measurements[0][0] = 0), NOT_MEASURED),
        Arguments.of(
            "another FWID in the report",
            change(d -> set(d, ForgedDevice.FWID, new byte[48])),
            Set.of(FIRMWARE_MATCH)),
        Arguments.of(
            "no FWID in a GPU's report",
            change(d -> d.opaque.removeIf(entry -> entry.type() == ForgedDevice.FWID)),
            Set.of(FIRMWARE_MATCH)),
        Arguments.of(
            "another driver",
            change(d -> set(d, ForgedDevice.DRIVER, new byte[] {'1', 0})),
            Set.of(DRIVER_VERSION)),
        Arguments.of(
            "another VBIOS",
            change(d -> set(d, ForgedDevice.VBIOS, new byte[8])),
            Set.of(VBIOS_VERSION)),
        Arguments.of(
            "protected PCIe without switches",
            change(d -> set(d, ForgedDevice.PROTECTED_PCIE, new byte[] {(byte) 0xaa})),
            Set.of(EVIDENCE_SET)),
        Arguments.of(
            "protected PCIe by its feature flag without switches",
            change(
                d ->
                    d.opaque.add(
                        ForgedDevice.Entry.of(ForgedDevice.FEATURE, new byte[] {2, 0, 0, 0}))),
            Set.of(EVIDENCE_SET)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changedReports")
  void namesExactlyTheFalseClaims(
      String name, Consumer<ForgedDevice.Draft> change, Set<Claim> expected) {
    assertThat(judge(DEVICE.evidence(NONCE, change, UnaryOperator.identity())).falseClaims())
        .as(name)
        .isEqualTo(expected);
  }

  static Stream<Arguments> flippedBits() {
    return Stream.of(
        Arguments.of("request", 1, NOT_PARSED),
        Arguments.of("nonce", 5, Set.of(NONCE_MATCH, SIGNATURE_VERIFIED)),
        Arguments.of("response", 38, NOT_PARSED),
        Arguments.of("block head", BLOCKS_START, NOT_PARSED),
        Arguments.of("measurement", BLOCKS_START + 7, and(NOT_MEASURED, SIGNATURE_VERIFIED)),
        Arguments.of("responder's nonce", BLOCKS_START + 3520, Set.of(SIGNATURE_VERIFIED)),
        Arguments.of("opaque length", OPAQUE_LENGTH, NOT_PARSED),
        Arguments.of("VBIOS", OPAQUE_LENGTH + 6, Set.of(VBIOS_VERSION, SIGNATURE_VERIFIED)),
        Arguments.of("r", -96, Set.of(SIGNATURE_VERIFIED)),
        Arguments.of("s", -1, Set.of(SIGNATURE_VERIFIED)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flippedBits")
  void refusesAFlippedBitInEachRegion(String region, int place, Set<Claim> expected) {
    byte[] report = report();
    report[place < 0 ? report.length + place : place] ^= 1;
    assertThat(judge(DEVICE.with(DEVICE.chain(), report)).falseClaims())
        .as(region)
        .isEqualTo(expected);
  }

  @Test
  void refusesTruncationAtEachBoundary() {
    byte[] report = report();
    int[] boundaries = {
      0,
      4,
      36,
      37,
      41,
      42,
      45,
      100,
      BLOCKS_START + 3520,
      OPAQUE_LENGTH,
      OPAQUE_LENGTH + 2,
      report.length - 96,
      report.length - 48,
      report.length - 1
    };
    for (int length : boundaries) {
      assertThat(judge(DEVICE.with(DEVICE.chain(), Arrays.copyOf(report, length))).falseClaims())
          .as("%d bytes", length)
          .isEqualTo(NOT_PARSED);
    }
  }

  @Test
  void refusesABlockIndexThatStandsTwice() {
    assertThat(
            judge(
                    DEVICE.evidence(
                        NONCE,
                        draft -> {},
                        bytes -> {
                          bytes[BLOCKS_START + 55] = 1;
                          return bytes;
                        }))
                .falseClaims())
        .isEqualTo(NOT_PARSED);
  }

  @Test
  void refusesSwappedHalvesOfTheSignature() {
    byte[] report = report();
    byte[] swapped = report.clone();
    System.arraycopy(report, report.length - 48, swapped, report.length - 96, 48);
    System.arraycopy(report, report.length - 96, swapped, report.length - 48, 48);
    assertThat(judge(DEVICE.with(DEVICE.chain(), swapped)).falseClaims())
        .isEqualTo(Set.of(SIGNATURE_VERIFIED));
  }

  @Test
  void refusesASignatureOfZeros() {
    byte[] report = report();
    Arrays.fill(report, report.length - 96, report.length, (byte) 0);
    assertThat(judge(DEVICE.with(DEVICE.chain(), report)).falseClaims())
        .isEqualTo(Set.of(SIGNATURE_VERIFIED));
  }

  @Test
  void refusesAForeignRoot() {
    assertThat(judge(FOREIGN.evidence(NONCE)).falseClaims()).isEqualTo(Set.of(CERTIFICATE_CHAIN));
  }

  static Stream<Arguments> changedChains() {
    List<byte[]> good = DEVICE.chain();
    List<byte[]> four = new ArrayList<>(good);
    four.remove(2);
    List<byte[]> noRoot = good.subList(0, 4);
    List<byte[]> six = new ArrayList<>(good);
    six.add(5, good.get(4));
    List<byte[]> unordered = new ArrayList<>(good);
    unordered.set(2, good.get(3));
    unordered.set(3, good.get(2));
    List<byte[]> rootSwapped = new ArrayList<>(FOREIGN.chain());
    rootSwapped.set(4, good.get(4));
    List<byte[]> expiredLeaf = new ArrayList<>(good);
    Instant past = Instant.parse("2026-05-31T00:00:00Z");
    Instant longPast = Instant.parse("2026-01-02T00:00:00Z");
    expiredLeaf.set(0, DEVICE.leaf(fwid(), longPast, past));
    List<byte[]> early = new ArrayList<>(good);
    early.set(
        0, DEVICE.leaf(fwid(), ForgedDevice.NOW.plusSeconds(1), ForgedDevice.NOW.plusSeconds(9)));
    List<byte[]> expiredAuthority = new ArrayList<>(good);
    expiredAuthority.set(
        1, ForgedDevice.authority(DEVICE.upper.get(0), DEVICE.upper.get(1), longPast, past));
    List<byte[]> wrongFirmware = new ArrayList<>(good);
    wrongFirmware.set(0, DEVICE.leaf(new byte[48], longPast, ForgedDevice.NOW.plusSeconds(9)));
    List<byte[]> shortFirmware = new ArrayList<>(good);
    shortFirmware.set(0, DEVICE.leaf(new byte[47], longPast, ForgedDevice.NOW.plusSeconds(9)));
    List<byte[]> authorityAsLeaf = new ArrayList<>(good.subList(1, 5));
    authorityAsLeaf.add(good.get(4));
    return Stream.of(
        Arguments.of("four certificates", four, Set.of(CERTIFICATE_CHAIN)),
        Arguments.of("no root", noRoot, Set.of(CERTIFICATE_CHAIN)),
        Arguments.of("six certificates", six, Set.of(CERTIFICATE_CHAIN)),
        Arguments.of("another order", unordered, Set.of(CERTIFICATE_CHAIN)),
        Arguments.of(
            "the pinned root above a foreign chain",
            rootSwapped,
            Set.of(CERTIFICATE_CHAIN, SIGNATURE_VERIFIED)),
        Arguments.of("expired leaf", expiredLeaf, Set.of(CERTIFICATE_CHAIN)),
        Arguments.of("leaf of tomorrow", early, Set.of(CERTIFICATE_CHAIN)),
        Arguments.of("expired authority", expiredAuthority, Set.of(CERTIFICATE_CHAIN)),
        Arguments.of("wrong FWID in the leaf", wrongFirmware, Set.of(FIRMWARE_MATCH)),
        Arguments.of("FWID of 47 bytes in the leaf", shortFirmware, Set.of(FIRMWARE_MATCH)),
        Arguments.of(
            "an authority in the leaf's place",
            authorityAsLeaf,
            Set.of(CERTIFICATE_CHAIN, FIRMWARE_MATCH, SIGNATURE_VERIFIED)),
        Arguments.of(
            "no certificate",
            List.of(),
            Set.of(CERTIFICATE_CHAIN, FIRMWARE_MATCH, SIGNATURE_VERIFIED)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changedChains")
  void judgesTheChainByItself(String name, List<byte[]> chain, Set<Claim> expected) {
    assertThat(judge(DEVICE.with(chain, report())).falseClaims()).as(name).isEqualTo(expected);
  }

  @Test
  void refusesTextBetweenCertificates() {
    byte[] pem = ForgedDevice.concat(new byte[] {'x', '\n'}, ForgedDevice.pem(DEVICE.chain()));
    assertThat(judge(DeviceEvidence.owning(DeviceKind.GPU, pem, report())).falseClaims())
        .contains(CERTIFICATE_CHAIN);
  }

  @Test
  void refusesEverythingOfAnExpiredRoot() {
    Verdict verdict =
        EvidenceVerifier.judge(
            ReadEvidence.of(compressed(DEVICE.evidence(NONCE))),
            NONCE,
            POLICY,
            Instant.parse("2027-06-01T00:00:00Z"));
    assertThat(verdict.falseClaims()).isEqualTo(Set.of(CERTIFICATE_CHAIN));
  }

  @Test
  void believesNobodyWithoutRootAndList() {
    Verdict verdict =
        EvidenceVerifier.judge(
            ReadEvidence.of(compressed(DEVICE.evidence(NONCE))),
            NONCE,
            new EvidencePolicy(Set.of(), List.of()),
            ForgedDevice.NOW);
    assertThat(verdict.falseClaims())
        .isEqualTo(and(NOT_MEASURED, CERTIFICATE_CHAIN, DRIVER_VERSION, VBIOS_VERSION));
  }

  @Test
  void refusesTheSameDeviceTwice() {
    assertThat(judge(DEVICE.evidence(NONCE), DEVICE.evidence(NONCE)).falseClaims())
        .isEqualTo(Set.of(EVIDENCE_SET));
  }

  @Test
  void refusesAnEmptySet() {
    assertThat(judge().falseClaims()).isEqualTo(Set.of(EVIDENCE_SET));
  }

  @Test
  void refusesAFullMachineThatLacksASwitch() {
    DeviceEvidence[] machine = fullMachine();
    assertThat(judge(Arrays.copyOf(machine, 11)).falseClaims()).isEqualTo(Set.of(EVIDENCE_SET));
    assertThat(judge(Arrays.copyOf(machine, 8)).falseClaims()).isEqualTo(Set.of(EVIDENCE_SET));
    assertThat(judge(Arrays.copyOfRange(machine, 1, 12)).falseClaims())
        .isEqualTo(Set.of(EVIDENCE_SET));
  }

  @Test
  void refusesSwitchesOfAnotherMachine() {
    DeviceEvidence[] machine = fullMachine();
    machine[11] = DEVICE.sibling(DeviceKind.SWITCH, switchIds(9, 0)).evidence(NONCE);
    assertThat(judge(machine).falseClaims()).isEqualTo(Set.of(EVIDENCE_SET));
  }

  @Test
  void refusesSwitchesThatJoinOtherGpus() {
    DeviceEvidence[] machine = fullMachine();
    machine[11] = DEVICE.sibling(DeviceKind.SWITCH, switchIds(3, 50)).evidence(NONCE);
    assertThat(judge(machine).falseClaims()).isEqualTo(Set.of(EVIDENCE_SET));
  }

  @Test
  void stopsABombAtTheCap() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(bomb)) {
      for (int i = 0; i < 16; i++) {
        zlib.write(new byte[1024 * 1024]);
      }
    }
    Verdict verdict =
        EvidenceVerifier.judge(
            ReadEvidence.of(CompressedEvidence.copyOf(bomb.toByteArray())),
            NONCE,
            POLICY,
            ForgedDevice.NOW);
    assertThat(verdict.falseClaims()).isEqualTo(Set.of(EVIDENCE_INFLATED, EVIDENCE_SET));
  }

  @Test
  void takesTheListThatFitsADevice() throws Exception {
    AllowList other =
        AllowList.parse(
            new String(ForgedDevice.allowList(), java.nio.charset.StandardCharsets.UTF_8)
                .replace("550", "560")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    EvidencePolicy policy =
        new EvidencePolicy(
            POLICY.roots(), List.of(other, AllowList.parse(ForgedDevice.allowList()), other));
    assertThat(
            EvidenceVerifier.judge(
                    ReadEvidence.of(compressed(DEVICE.evidence(NONCE))),
                    NONCE,
                    policy,
                    ForgedDevice.NOW)
                .accepted())
        .isTrue();
  }

  /** The unchanged chain is judged once: only reports change here. */
  @Test
  void acceptsNoneOf2000RandomMutationsOfAReport() {
    byte[] good = report();
    CertificateChain chain = CertificateChain.read(ForgedDevice.pem(DEVICE.chain()));
    boolean chainHolds = ChainRules.holds(chain, POLICY.roots(), ForgedDevice.NOW);
    assertThat(isAccepted(chain, chainHolds, good)).isTrue();
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] mutated = Mutations.of(good, random);
      if (!Arrays.equals(mutated, good)) {
        assertThat(isAccepted(chain, chainHolds, mutated)).as("mutation %d", i).isFalse();
      }
    }
  }

  @Test
  void acceptsNoneOf100RandomMutationsOfAChain() {
    byte[] good = ForgedDevice.pem(DEVICE.chain());
    byte[] report = report();
    Random random = new Random(2);
    for (int i = 0; i < 100; i++) {
      byte[] mutated = Mutations.of(good, random);
      CertificateChain chain = CertificateChain.read(mutated);
      if (!ForgedDevice.alike(chain, DEVICE.chain())) {
        boolean holds = ChainRules.holds(chain, POLICY.roots(), ForgedDevice.NOW);
        assertThat(isAccepted(chain, holds, report)).as("mutation %d", i).isFalse();
      }
    }
  }

  @Test
  void survivesRandomMutationsOfTheCompressedBytes() {
    byte[] good = compressed(DEVICE.evidence(NONCE)).toArray();
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      ReadEvidence read = ReadEvidence.of(CompressedEvidence.copyOf(Mutations.of(good, random)));
      assertThat(read.devices().size()).isLessThanOrEqualTo(1);
    }
  }

  private static boolean isAccepted(CertificateChain chain, boolean chainHolds, byte[] report) {
    ReadDevice device =
        new ReadDevice(
            DeviceKind.GPU,
            chain,
            ReadDevice.of(DeviceEvidence.owning(DeviceKind.GPU, new byte[0], report)).report());
    return !EvidenceVerifier.judge(device, chainHolds, NONCE, POLICY.allowLists())
        .containsValue(false);
  }

  private static byte[] report() {
    return DEVICE.report(NONCE, draft -> {}, UnaryOperator.identity());
  }

  private static Verdict judge(DeviceEvidence... devices) {
    return EvidenceVerifier.judge(
        ReadEvidence.of(compressed(devices)), NONCE, POLICY, ForgedDevice.NOW);
  }

  private static CompressedEvidence compressed(DeviceEvidence... devices) {
    return CompressedEvidence.of(new EvidenceSet(List.of(devices)));
  }

  private static DeviceEvidence[] fullMachine() {
    return Machines.FULL.stream()
        .map(device -> device.evidence(NONCE))
        .toArray(DeviceEvidence[]::new);
  }

  /** Made once: twelve devices with five keys each take a while. */
  private static final class Machines {
    static final List<ForgedDevice> FULL = full();

    private static List<ForgedDevice> full() {
      List<ForgedDevice> devices = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        devices.add(
            DEVICE.sibling(
                DeviceKind.GPU,
                List.of(
                    ForgedDevice.Entry.of(ForgedDevice.IDS, ids(0, 4)),
                    ForgedDevice.Entry.of(ForgedDevice.FEATURE, new byte[] {2, 0, 0, 0}))));
      }
      for (int i = 0; i < 4; i++) {
        devices.add(DEVICE.sibling(DeviceKind.SWITCH, switchIds(i, 0)));
      }
      return devices;
    }
  }

  private static List<ForgedDevice.Entry> switchIds(int own, int firstGpu) {
    return List.of(
        ForgedDevice.Entry.of(ForgedDevice.IDS, ids(own, 1)),
        ForgedDevice.Entry.of(ForgedDevice.GPU_IDS, ids(100 + firstGpu, 8)));
  }

  private static byte[] ids(int first, int count) {
    byte[] ids = new byte[count * 8];
    for (int i = 0; i < count; i++) {
      ids[i * 8] = (byte) (first + i);
    }
    return ids;
  }

  private static Consumer<ForgedDevice.Draft> change(Consumer<ForgedDevice.Draft> change) {
    return change;
  }

  private static void set(ForgedDevice.Draft draft, int type, byte[] data) {
    draft.opaque.replaceAll(
        entry -> entry.type() == type ? ForgedDevice.Entry.of(type, data) : entry);
  }

  private static Set<Claim> and(Set<Claim> claims, Claim... more) {
    Set<Claim> all = EnumSet.copyOf(claims);
    all.addAll(List.of(more));
    return all;
  }

  private static byte[] fwid() {
    byte[] fwid = new byte[48];
    Arrays.fill(fwid, (byte) 0x77);
    return fwid;
  }

  private static X25519PublicKey key(int sizeInBytes, int value) {
    byte[] key = new byte[sizeInBytes];
    Arrays.fill(key, (byte) value);
    return X25519PublicKey.copyOf(key);
  }

  /** The binding with a key or slot that the protocol's own types do not let through. */
  private static byte[] rawNonce(int keySizeInBytes, int slot) {
    byte[] key = new byte[keySizeInBytes];
    Arrays.fill(key, (byte) 7);
    byte[] challenge = {1, 0, 0, 0, 0, 0, 0, 0};
    byte[] tail = {(byte) slot, (byte) (slot >> 8)};
    return dev.sealcheck.protocol.hash.Blake3.of(challenge, key, tail).toArray();
  }

  private static EvidencePolicy policy() {
    try {
      return new EvidencePolicy(
          Set.of(CertificateChain.readOne(DEVICE.rootPem())),
          List.of(AllowList.parse(ForgedDevice.allowList())));
    } catch (dev.sealcheck.protocol.wire.MalformedMessageException e) {
      throw new IllegalStateException(e);
    }
  }
}
