package dev.sealcheck.conformance.attestation.emulated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.attestation.DeviceKind;
import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.attestation.OpaqueType;
import dev.sealcheck.conformance.attestation.emulated.EmulatedReport.OpaqueEntry;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The door of this package: an emulated machine with one GPU, or with eight and four switches, that
 * answers nonces with evidence.
 */
public final class EmulatedMachine {
  /** The GPUs of a machine that has switches. */
  public static final int MANY_GPUS = 8;

  private static final int SWITCHES = 4;
  private static final int BLOCKS = 64;
  private static final int USED_BLOCKS = 40;
  private static final int RESPONDER_NONCE_BYTES = 32;
  private static final String DRIVER = "550.90.07";
  private static final String VBIOS = "96.00.9f.00.01";
  private static final Duration PAST = Duration.ofHours(1);
  private static final Duration FUTURE = Duration.ofDays(30);

  private final DeviceRandomness randomness;
  private final EmulatedAuthority authority;
  private final List<EmulatedDevice> gpus;
  private final List<EmulatedDevice> switches;

  EmulatedMachine(DeviceRandomness randomness, EmulatedAuthority authority, int gpus) {
    if (gpus != 1 && gpus != MANY_GPUS) {
      throw new IllegalArgumentException("a machine has 1 or " + MANY_GPUS + " GPUs, got " + gpus);
    }
    this.randomness = randomness;
    this.authority = authority;
    this.gpus = devices(DeviceKind.GPU, gpus);
    this.switches = devices(DeviceKind.SWITCH, gpus == 1 ? 0 : SWITCHES);
  }

  /**
   * A machine with fresh keys under an authority of its own, good for 30 days.
   *
   * @param gpus 1 or 8
   * @throws IllegalArgumentException for another number of GPUs
   */
  public static EmulatedMachine fresh(int gpus, Instant now) {
    DeviceRandomness randomness = DeviceRandomness.fresh();
    return new EmulatedMachine(
        randomness, EmulatedAuthority.of(randomness, now.minus(PAST), now.plus(FUTURE)), gpus);
  }

  /** The root that its chains end in, as PEM; emulated, and it says so. */
  public Bytes rootPem() {
    return authority.rootPem();
  }

  /** Good evidence of all its devices for a nonce and a key. */
  public EmulatedEvidence evidence(KeyBinding binding) {
    return evidence(binding.gpuNonce());
  }

  /** Evidence of all its devices for the nonce that they are asked with, 32 bytes. */
  public EmulatedEvidence evidence(Bytes gpuNonce) {
    return new EmulatedEvidence(
        devices().map(device -> device.entry(device.signed(report(device, gpuNonce)))).toList());
  }

  /** The allow-list that good evidence of every emulated machine of the suite meets. */
  public static Bytes allowListJson() {
    ObjectNode json = StrictJson.object();
    json.put("driver", DRIVER);
    json.put("vbios", VBIOS);
    ObjectNode measurements = json.putObject("measurements");
    List<Bytes> values = measurements();
    for (int index = 1; index <= values.size(); index++) {
      measurements.putArray(String.valueOf(index)).add(values.get(index - 1).toHex());
    }
    return StrictJson.write(json);
  }

  /** A good report of one of its devices, to be made wrong or signed. */
  EmulatedReport report(EmulatedDevice device, Bytes gpuNonce) {
    // The responder's nonce is of one use even where the seed is not.
    Bytes responderNonce =
        randomness.bytes(
            "responder nonce " + device.id().toHex() + gpuNonce.toHex(), RESPONDER_NONCE_BYTES);
    return EmulatedReport.of(gpuNonce, measurements(), responderNonce, opaque(device));
  }

  EmulatedAuthority authority() {
    return authority;
  }

  List<EmulatedDevice> gpus() {
    return gpus;
  }

  List<EmulatedDevice> switches() {
    return switches;
  }

  private Stream<EmulatedDevice> devices() {
    return Stream.concat(gpus.stream(), switches.stream());
  }

  private List<EmulatedDevice> devices(DeviceKind kind, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> authority.device(kind, number))
        .toList();
  }

  private static List<Bytes> measurements() {
    List<Bytes> values = new ArrayList<>();
    for (int index = 1; index <= BLOCKS; index++) {
      values.add(
          index <= USED_BLOCKS
              ? sha384("Sealcheck emulated measurement " + index)
              : Bytes.owning(new byte[48]));
    }
    return values;
  }

  private List<OpaqueEntry> opaque(EmulatedDevice device) {
    List<OpaqueEntry> entries = new ArrayList<>();
    entries.add(OpaqueEntry.of(OpaqueType.VBIOS_VERSION, Bytes.hex("009f009601000000")));
    entries.add(OpaqueEntry.of(OpaqueType.BOARD_ID, Bytes.hex("e0000000")));
    entries.add(OpaqueEntry.of(OpaqueType.CHIP_SKU, Bytes.utf8("EMULATED\0")));
    entries.add(OpaqueEntry.of(OpaqueType.CHIP_SKU_MODIFIER, Bytes.utf8("TEST\0")));
    entries.add(OpaqueEntry.of(OpaqueType.PROJECT, Bytes.utf8("SEAL\0")));
    entries.add(OpaqueEntry.of(OpaqueType.PROJECT_SKU, Bytes.utf8("0000\0")));
    entries.add(OpaqueEntry.of(OpaqueType.PROJECT_SKU_MODIFIER, Bytes.utf8("0\0")));
    entries.add(OpaqueEntry.of(OpaqueType.DRIVER_VERSION, Bytes.utf8(DRIVER + "\0")));
    entries.add(OpaqueEntry.of(OpaqueType.GPU_INFO, Bytes.hex("0000000000000000")));
    entries.add(OpaqueEntry.of(OpaqueType.MEASUREMENT_COUNTS, counts()));
    entries.add(OpaqueEntry.of(OpaqueType.CPR_INFO, Bytes.hex("00000000")));
    entries.add(OpaqueEntry.of(OpaqueType.NVDEC0_STATE, Bytes.hex("55")));
    if (device.kind() == DeviceKind.GPU) {
      entries.add(OpaqueEntry.of(OpaqueType.FWID, device.firmware()));
    }
    entries.add(
        OpaqueEntry.of(OpaqueType.PROTECTED_PCIE, Bytes.hex(switches.isEmpty() ? "55" : "aa")));
    if (!switches.isEmpty()) {
      entries.addAll(fabric(device));
    }
    return entries;
  }

  private List<OpaqueEntry> fabric(EmulatedDevice device) {
    if (device.kind() == DeviceKind.SWITCH) {
      return List.of(
          OpaqueEntry.of(OpaqueType.SWITCH_IDS, device.id()),
          OpaqueEntry.of(OpaqueType.GPU_IDS, ids(gpus)));
    }
    return List.of(
        OpaqueEntry.of(OpaqueType.SWITCH_IDS, ids(switches)),
        OpaqueEntry.of(OpaqueType.FEATURE_FLAG, Bytes.hex("02")));
  }

  private static Bytes ids(List<EmulatedDevice> devices) {
    return Bytes.concat(devices.stream().map(EmulatedDevice::id).toArray(Bytes[]::new));
  }

  /** 1 for every block that is used, as 64 numbers of 4 bytes. */
  private static Bytes counts() {
    byte[] counts = new byte[4 * BLOCKS];
    for (int block = 0; block < USED_BLOCKS; block++) {
      counts[4 * block] = 1;
    }
    return Bytes.owning(counts);
  }

  private static Bytes sha384(String text) {
    try {
      return Bytes.owning(
          MessageDigest.getInstance("SHA-384").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-384", impossible);
    }
  }
}
