package dev.sealcheck.conformance.attestation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a verifier says of one device.
 *
 * @param kind what the evidence calls it
 * @param claims every claim, in the order they are judged
 * @param facts what the report says of itself, by name: a fact is only as good as the claims
 */
public record DeviceAppraisal(DeviceKind kind, List<Claim> claims, Map<String, String> facts) {
  /** Copies both, in their order. */
  public DeviceAppraisal {
    claims = List.copyOf(claims);
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }
}
