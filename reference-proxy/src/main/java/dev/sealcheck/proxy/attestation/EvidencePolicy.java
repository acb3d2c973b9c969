package dev.sealcheck.proxy.attestation;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * Whom and what a proxy believes.
 *
 * @param roots the pinned roots; without one no chain holds
 * @param allowLists what devices may run: each must fit one of them; without one none does
 */
public record EvidencePolicy(Set<X509Certificate> roots, List<AllowList> allowLists) {

  /** A policy of its own collections. */
  public EvidencePolicy {
    roots = Set.copyOf(roots);
    allowLists = List.copyOf(allowLists);
  }
}
