package dev.sealcheck.conformance.attestation.emulated;

import static dev.sealcheck.conformance.attestation.emulated.FormCases.signed;

import dev.sealcheck.conformance.attestation.EvidenceEntry;
import dev.sealcheck.conformance.attestation.OpaqueType;
import dev.sealcheck.conformance.client.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Devices that are good one by one and do not make up a machine. */
final class SetCases {
  private static final int GPUS = EmulatedMachine.MANY_GPUS;

  private SetCases() {}

  static List<EvidenceCase> all() {
    return List.of(
        many("eight-gpus-four-switches", "A whole machine.", Wrong.NOTHING, (s, all) -> all),
        new EvidenceCase(
            "empty-set",
            "No device, and so nothing that is false of one.",
            Wrong.SET,
            setting -> Exhibit.of(setting, List.of())),
        new EvidenceCase(
            "same-device-twice",
            "One GPU answers twice and counts as two.",
            Wrong.SET,
            setting -> Exhibit.of(setting, List.of(setting.entry(), setting.entry()))),
        many(
            "same-device-twice-of-eight",
            "Seven GPUs, one of which answers twice.",
            Wrong.SET,
            (setting, all) -> {
              List<EvidenceEntry> changed = new ArrayList<>(all);
              changed.set(1, all.get(0));
              return changed;
            }),
        many(
            "eight-gpus-without-switches",
            "Eight GPUs in protected PCIe mode without the switches between them.",
            Wrong.SET,
            (setting, all) -> all.subList(0, GPUS)),
        many(
            "eight-gpus-three-switches",
            "One switch has not answered.",
            Wrong.SET,
            (setting, all) -> all.subList(0, all.size() - 1)),
        many(
            "switches-without-gpus",
            "Four switches alone.",
            Wrong.SET,
            (setting, all) -> all.subList(GPUS, all.size())),
        signed(
            "protected-pcie-by-flag-without-switches",
            "The feature flag says protected PCIe, and there is no switch.",
            Wrong.SET,
            report -> report.withOpaque(OpaqueType.FEATURE_FLAG, Bytes.hex("02"))),
        signed(
            "protected-pcie-by-state-without-switches",
            "Entry 21 says protected PCIe, and there is no switch.",
            Wrong.SET,
            report -> report.withOpaque(OpaqueType.PROTECTED_PCIE, Bytes.hex("aa"))),
        many(
            "switch-of-another-machine",
            "A switch's own id is none of those that the GPUs name.",
            Wrong.SET,
            (setting, all) -> {
              EmulatedDevice odd = setting.many().switches().get(0);
              EmulatedReport report =
                  setting
                      .many()
                      .report(odd, setting.binding().gpuNonce())
                      .withOpaque(OpaqueType.SWITCH_IDS, Bytes.hex("00".repeat(8)));
              return withSwitch(all, odd.entry(odd.signed(report)));
            }),
        many(
            "switch-with-another-nonce",
            "One of twelve devices was asked with another nonce.",
            Set.of("x-nvidia-switch-attestation-report-nonce-match"),
            (setting, all) -> {
              EmulatedDevice odd = setting.many().switches().get(0);
              EmulatedReport report = setting.many().report(odd, setting.otherNonce("switch"));
              return withSwitch(all, odd.entry(odd.signed(report)));
            }));
  }

  private static List<EvidenceEntry> withSwitch(List<EvidenceEntry> all, EvidenceEntry odd) {
    List<EvidenceEntry> changed = new ArrayList<>(all);
    changed.set(GPUS, odd);
    return changed;
  }

  /** A case of the entries of a machine with eight GPUs and then four switches. */
  private static EvidenceCase many(
      String name,
      String comment,
      Set<String> wrong,
      BiFunction<CaseSetting, List<EvidenceEntry>, List<EvidenceEntry>> choice) {
    return new EvidenceCase(
        name,
        comment,
        wrong,
        setting -> {
          List<EvidenceEntry> all = setting.many().evidence(setting.binding().gpuNonce()).entries();
          return Exhibit.of(setting, choice.apply(setting, all));
        });
  }
}
