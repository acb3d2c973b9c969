package dev.sealcheck.conformance.attestation;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a verifier says of the evidence of a machine, claim by claim.
 *
 * @param evidence the claims of the whole
 * @param devices the claims of each device, in the order of the evidence
 * @param emulated whether the root that was named is emulated, so that nothing is proved
 */
public record Appraisal(List<Claim> evidence, List<DeviceAppraisal> devices, boolean emulated) {
  /** Copies the lists. */
  public Appraisal {
    evidence = List.copyOf(evidence);
    devices = List.copyOf(devices);
  }

  /** A copy with one more claim of the whole. */
  public Appraisal with(Claim claim) {
    return new Appraisal(
        Stream.concat(evidence.stream(), Stream.of(claim)).toList(), devices, emulated);
  }

  /** The names of the claims that are false, whichever device they are of. */
  public SortedSet<String> falseClaims() {
    return named(Claim.Outcome.FALSE);
  }

  /** The names of the claims that could not be judged for want of a reference. */
  public SortedSet<String> uncheckedClaims() {
    return named(Claim.Outcome.UNCHECKED);
  }

  /** Whether every claim was judged, except those the page allows to skip, and is true. */
  public boolean holds() {
    return falseClaims().isEmpty() && uncheckedClaims().isEmpty();
  }

  private SortedSet<String> named(Claim.Outcome outcome) {
    return Stream.concat(
            evidence.stream(), devices.stream().flatMap(device -> device.claims().stream()))
        .filter(claim -> claim.outcome() == outcome)
        .map(Claim::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
