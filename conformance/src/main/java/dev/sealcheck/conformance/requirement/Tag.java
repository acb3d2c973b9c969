package dev.sealcheck.conformance.requirement;

import java.util.Locale;

/** Where a rule comes from. */
public enum Tag {
  /** The published API reference says so. */
  PUBLISHED,
  /** Deployed software behaves so and clients depend on it. */
  OBSERVED,
  /** A stricter security rule that keeps the wire compatible. */
  HARDENING;

  /** The word that ledger, tags and reports use for it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
