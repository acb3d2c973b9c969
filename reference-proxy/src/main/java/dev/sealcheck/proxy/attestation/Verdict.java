package dev.sealcheck.proxy.attestation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every claim of one piece of evidence, also those after the first that does not hold. Revocation
 * is not among them: it is not asked for.
 *
 * @param findings in the order of the devices
 */
public record Verdict(List<Finding> findings) {

  /** A verdict of its own list. */
  public Verdict {
    findings = List.copyOf(findings);
  }

  /** Whether every claim holds. */
  public boolean accepted() {
    return findings.stream().allMatch(Finding::holds);
  }

  /** The claims that do not hold of every device. */
  public Set<Claim> falseClaims() {
    Set<Claim> claims = EnumSet.noneOf(Claim.class);
    findings.stream().filter(finding -> !finding.holds()).forEach(f -> claims.add(f.claim()));
    return claims;
  }

  /** What does not hold, for a log: names and places only. */
  public String failures() {
    return findings.stream()
        .filter(finding -> !finding.holds())
        .map(finding -> finding.subject() + " " + finding.name())
        .collect(Collectors.joining(", "));
  }
}
