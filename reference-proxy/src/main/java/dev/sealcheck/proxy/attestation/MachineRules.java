package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.attestation.DeviceKind;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.security.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What makes devices one machine, docs/ATTESTATION.md: one to eight GPUs, nobody twice, and exactly
 * four switches that join them where there are eight. What could not be read is judged elsewhere.
 */
final class MachineRules {

  private static final int FULL_GPUS = 8;
  private static final int FULL_SWITCHES = 4;

  private MachineRules() {}

  static boolean holds(List<ReadDevice> devices) {
    List<ReadDevice> gpus = of(DeviceKind.GPU, devices);
    List<ReadDevice> switches = of(DeviceKind.SWITCH, devices);
    boolean full = gpus.size() == FULL_GPUS;
    return !gpus.isEmpty()
        && gpus.size() <= FULL_GPUS
        && switches.size() == (full ? FULL_SWITCHES : 0)
        && (full || gpus.stream().noneMatch(MachineRules::needsSwitches))
        && areDistinct(devices)
        && (!full || areJoined(gpus, switches));
  }

  private static List<ReadDevice> of(DeviceKind kind, List<ReadDevice> devices) {
    return devices.stream().filter(device -> device.kind() == kind).toList();
  }

  private static boolean needsSwitches(ReadDevice gpu) {
    return gpu.report().filter(report -> report.opaque().isProtectedPcie()).isPresent();
  }

  /** The same device is the same key, whatever else its certificates say. */
  private static boolean areDistinct(List<ReadDevice> devices) {
    Set<PublicKey> keys = new HashSet<>();
    return devices.stream()
        .flatMap(device -> device.chain().leaf().stream())
        .allMatch(leaf -> keys.add(leaf.getPublicKey()));
  }

  private static boolean areJoined(List<ReadDevice> gpus, List<ReadDevice> switches) {
    try {
      Set<String> switchIds = new HashSet<>();
      Set<Set<String>> gpuLists = new HashSet<>();
      for (ReadDevice one : switches) {
        if (one.report().isEmpty()) {
          return true;
        }
        OpaqueData opaque = one.report().get().opaque();
        Set<String> own = opaque.switchIds().orElse(Set.of());
        if (own.size() != 1 || !switchIds.addAll(own)) {
          return false;
        }
        gpuLists.add(opaque.gpuIds().orElse(Set.of()));
      }
      return gpuLists.size() == 1
          && gpuLists.iterator().next().size() == FULL_GPUS
          && allSee(switchIds, gpus);
    } catch (MalformedMessageException e) {
      return false;
    }
  }

  private static boolean allSee(Set<String> switchIds, List<ReadDevice> gpus)
      throws MalformedMessageException {
    for (ReadDevice gpu : gpus) {
      Optional<Set<String>> seen =
          gpu.report().isEmpty() ? Optional.empty() : gpu.report().get().opaque().switchIds();
      if (seen.isPresent() && !seen.get().equals(switchIds)) {
        return false;
      }
    }
    return true;
  }
}
