package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether devices make up a machine (docs/ATTESTATION.md section 7): one to eight GPUs, no device
 * twice, eight GPUs with exactly four switches that name each other, fewer with none, and protected
 * PCIe nowhere without switches.
 */
final class DeviceSet {
  private static final int MACHINE_GPUS = 8;
  private static final int MACHINE_SWITCHES = 4;
  private static final int ID_BYTES = 8;
  private static final Bytes PROTECTED = Bytes.hex("aa");

  private final List<ReadDevice> gpus;
  private final List<ReadDevice> switches;
  private final List<Bytes> keys;

  DeviceSet(List<ReadDevice> devices) {
    gpus = devices.stream().filter(d -> d.entry().kind() == DeviceKind.GPU).toList();
    switches = devices.stream().filter(d -> d.entry().kind() == DeviceKind.SWITCH).toList();
    keys = devices.stream().flatMap(device -> device.deviceKey().stream()).toList();
  }

  /** The rule that the set breaks; empty where it breaks none. */
  Optional<String> problem() {
    if (gpus.isEmpty() || gpus.size() > MACHINE_GPUS) {
      return Optional.of("one to eight GPUs are a machine, here are " + gpus.size());
    }
    if (Set.copyOf(keys).size() < keys.size()) {
      return Optional.of("a device is there twice");
    }
    int needed = gpus.size() == MACHINE_GPUS ? MACHINE_SWITCHES : 0;
    if (switches.size() != needed) {
      return Optional.of(
          gpus.size() + " GPUs go with " + needed + " switches, here are " + switches.size());
    }
    if (switches.isEmpty() && gpus.stream().anyMatch(DeviceSet::isProtected)) {
      return Optional.of("a GPU in protected PCIe mode goes with switches, here are none");
    }
    return isWired() ? Optional.empty() : Optional.of("GPUs and switches name others than these");
  }

  private static boolean isProtected(ReadDevice gpu) {
    return gpu.opaque(OpaqueType.PROTECTED_PCIE).filter(PROTECTED::equals).isPresent()
        || gpu.opaque(OpaqueType.FEATURE_FLAG).filter(DeviceSet::isTwo).isPresent();
  }

  private static boolean isTwo(Bytes littleEndian) {
    return !littleEndian.isEmpty()
        && littleEndian.at(0) == 2
        && littleEndian
            .slice(1, littleEndian.length())
            .equals(Bytes.owning(new byte[littleEndian.length() - 1]));
  }

  /** True also where a report that does not parse leaves nothing to compare. */
  private boolean isWired() {
    if (switches.isEmpty()
        || switches.stream().anyMatch(device -> device.report().isEmpty())
        || gpus.stream().anyMatch(device -> device.report().isEmpty())) {
      return true;
    }
    List<Set<Bytes>> own = switches.stream().map(s -> ids(s, OpaqueType.SWITCH_IDS)).toList();
    Set<Bytes> switchIds = new HashSet<>();
    own.forEach(switchIds::addAll);
    Set<Set<Bytes>> lists = new HashSet<>();
    switches.forEach(device -> lists.add(ids(device, OpaqueType.GPU_IDS)));
    return own.stream().allMatch(ids -> ids.size() == 1)
        && switchIds.size() == MACHINE_SWITCHES
        && lists.size() == 1
        && lists.iterator().next().size() == MACHINE_GPUS
        && gpus.stream()
            .filter(gpu -> gpu.opaque(OpaqueType.SWITCH_IDS).isPresent())
            .allMatch(gpu -> ids(gpu, OpaqueType.SWITCH_IDS).equals(switchIds));
  }

  private static Set<Bytes> ids(ReadDevice device, OpaqueType type) {
    Bytes data = device.opaque(type).orElse(Bytes.empty());
    Set<Bytes> ids = new HashSet<>();
    for (int at = 0; at + ID_BYTES <= data.length(); at += ID_BYTES) {
      ids.add(data.slice(at, at + ID_BYTES));
    }
    return ids;
  }
}
