package dev.sealcheck.conformance.attestation.emulated;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** One way in which evidence is good or bad, by name, with the claims that it makes false. */
public final class EvidenceCase {
  private final String name;
  private final String comment;
  private final SortedSet<String> falseClaims;
  private final Function<CaseSetting, Exhibit> making;

  EvidenceCase(
      String name, String comment, Set<String> falseClaims, Function<CaseSetting, Exhibit> making) {
    this.name = name;
    this.comment = comment;
    this.falseClaims = Collections.unmodifiableSortedSet(new TreeSet<>(falseClaims));
    this.making = making;
  }

  /** Lower-case words with hyphens, unique among all cases. */
  public String name() {
    return name;
  }

  /** What is wrong, and what a verifier that takes it has forgotten. */
  public String comment() {
    return comment;
  }

  /** Exactly the claims that must be false; none for good evidence. */
  public SortedSet<String> falseClaims() {
    return falseClaims;
  }

  /** The evidence, made anew. */
  public Exhibit make(CaseSetting setting) {
    return making.apply(setting);
  }

  @Override
  public String toString() {
    return name;
  }
}
