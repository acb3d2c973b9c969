package dev.sealcheck.conformance.attestation.emulated;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All cases of good and bad evidence (docs/ATTESTATION.md section 9), by group. */
public final class EvidenceCases {
  private static final Map<String, List<EvidenceCase>> GROUPS = groups();

  private EvidenceCases() {}

  /** The groups, one for each file of vectors, in their order. */
  public static Map<String, List<EvidenceCase>> byGroup() {
    return GROUPS;
  }

  /** Every case. */
  public static Stream<EvidenceCase> all() {
    return GROUPS.values().stream().flatMap(List::stream);
  }

  /**
   * The case of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static EvidenceCase named(String name) {
    return all()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no case of evidence is called " + name));
  }

  private static Map<String, List<EvidenceCase>> groups() {
    EvidenceCase good =
        new EvidenceCase(
            "one-gpu",
            "Good evidence of a machine with one GPU.",
            Wrong.NOTHING,
            setting -> Exhibit.of(setting, List.of(setting.entry())));
    Map<String, List<EvidenceCase>> groups = new LinkedHashMap<>();
    groups.put("good", List.of(good));
    groups.put("form", FormCases.all());
    groups.put("flip", BitCases.flips());
    groups.put("truncation", BitCases.truncations());
    groups.put("chain", ChainCases.all());
    groups.put("binding", BindingCases.all());
    groups.put("signature", SignatureCases.all());
    groups.put("measurement", MeasurementCases.all());
    groups.put("set", SetCases.all());
    groups.put("container", ContainerCases.all());
    return Collections.unmodifiableMap(groups);
  }
}
