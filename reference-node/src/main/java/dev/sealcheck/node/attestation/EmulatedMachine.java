package dev.sealcheck.node.attestation;

import dev.sealcheck.protocol.attestation.CompressedEvidence;
import dev.sealcheck.protocol.attestation.DeviceEvidence;
import dev.sealcheck.protocol.attestation.DeviceKind;
import dev.sealcheck.protocol.attestation.EvidenceSet;
import dev.sealcheck.protocol.attestation.GpuNonce;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The emulated devices of one node: one GPU alone, or eight with the four switches that join them.
 * Safe for use by many threads.
 */
public final class EmulatedMachine {

  /** The most GPUs a machine has; with fewer than these there are no switches. */
  public static final int MAX_GPUS = 8;

  private static final int SWITCHES = 4;
  private static final int ID_SIZE_IN_BYTES = 8;

  private final List<EmulatedDevice> devices;

  private EmulatedMachine(List<EmulatedDevice> devices) {
    this.devices = List.copyOf(devices);
  }

  /**
   * A machine whose devices are certified by {@code authority}.
   *
   * @param gpus 1 or {@link #MAX_GPUS}
   * @param random makes the responder's nonces
   * @throws IllegalArgumentException for any other number of GPUs
   */
  public static EmulatedMachine of(EmulatedAuthority authority, int gpus, SecureRandom random) {
    if (gpus != 1 && gpus != MAX_GPUS) {
      throw new IllegalArgumentException(
          "a machine has 1 or " + MAX_GPUS + " emulated GPUs, not " + gpus);
    }
    List<EmulatedAuthority.Issued> gpuKeys = issue(authority, "GPU", gpus);
    List<EmulatedDevice> devices = new ArrayList<>();
    if (gpus == 1) {
      devices.add(
          new EmulatedDevice(DeviceKind.GPU, gpuKeys.get(0), OpaqueWriter.ofSingleGpu(), random));
      return new EmulatedMachine(devices);
    }
    List<EmulatedAuthority.Issued> switchKeys = issue(authority, "switch", SWITCHES);
    byte[] joined = OpaqueWriter.ofJoinedGpu(ids(switchKeys));
    for (EmulatedAuthority.Issued gpu : gpuKeys) {
      devices.add(new EmulatedDevice(DeviceKind.GPU, gpu, joined, random));
    }
    byte[] gpuIds = ids(gpuKeys);
    for (EmulatedAuthority.Issued one : switchKeys) {
      byte[] opaque = OpaqueWriter.ofSwitch(one.key().fingerprint(ID_SIZE_IN_BYTES), gpuIds);
      devices.add(new EmulatedDevice(DeviceKind.SWITCH, one, opaque, random));
    }
    return new EmulatedMachine(devices);
  }

  /** What all devices answer to a nonce, GPUs first. */
  public CompressedEvidence evidence(GpuNonce nonce) {
    List<DeviceEvidence> evidence = devices.stream().map(device -> device.evidence(nonce)).toList();
    return CompressedEvidence.of(new EvidenceSet(evidence));
  }

  /** The JSON allow-list that lets exactly these devices through. */
  public static byte[] allowList() {
    return EmulatedFirmware.allowList();
  }

  private static List<EmulatedAuthority.Issued> issue(
      EmulatedAuthority authority, String kind, int count) {
    List<EmulatedAuthority.Issued> issued = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      issued.add(authority.issue(kind + " " + number, EmulatedFirmware.fwid()));
    }
    return issued;
  }

  private static byte[] ids(List<EmulatedAuthority.Issued> devices) {
    ByteArrayOutputStream ids = new ByteArrayOutputStream();
    devices.forEach(device -> ids.writeBytes(device.key().fingerprint(ID_SIZE_IN_BYTES)));
    return ids.toByteArray();
  }
}
