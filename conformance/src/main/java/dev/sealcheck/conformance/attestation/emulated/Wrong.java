package dev.sealcheck.conformance.attestation.emulated;

import java.util.HashSet;
import java.util.Set;

/** The sets of claims that cases make false, written down apart from the verifier. */
final class Wrong {
  static final Set<String> NOTHING = Set.of();
  static final Set<String> CHAIN = Set.of("x-nvidia-gpu-attestation-report-cert-chain");
  static final Set<String> FIRMWARE =
      Set.of("x-nvidia-gpu-attestation-report-cert-chain-fwid-match");
  static final Set<String> NONCE = Set.of("x-nvidia-gpu-attestation-report-nonce-match");
  static final Set<String> SIGNATURE = Set.of("x-nvidia-gpu-attestation-report-signature-verified");
  static final Set<String> DRIVER = Set.of("x-nvidia-gpu-driver-rim-version-match");
  static final Set<String> VBIOS = Set.of("x-nvidia-gpu-vbios-rim-version-match");

  /** Secure boot and the debug state are taken from the measurements. */
  static final Set<String> MEASUREMENTS = Set.of("measres", "secboot", "dbgstat");

  static final Set<String> SET = Set.of("x-sealcheck-evidence-set");

  /** Where nothing comes out, there is nothing to count. */
  static final Set<String> CONTAINER =
      Set.of("x-sealcheck-evidence-inflated", "x-sealcheck-evidence-set");

  /** A report that does not parse vouches for nothing; the chain stands by itself. */
  static final Set<String> REPORT =
      all(
          Set.of("x-nvidia-gpu-attestation-report-parsed"),
          FIRMWARE,
          NONCE,
          SIGNATURE,
          DRIVER,
          VBIOS,
          MEASUREMENTS);

  /** Without a leaf there is no key and no firmware to compare with. */
  static final Set<String> LEAF = all(CHAIN, FIRMWARE, SIGNATURE);

  private Wrong() {}

  @SafeVarargs
  static Set<String> all(Set<String> first, Set<String>... more) {
    Set<String> all = new HashSet<>(first);
    for (Set<String> part : more) {
      all.addAll(part);
    }
    return Set.copyOf(all);
  }
}
