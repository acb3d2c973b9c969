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

  /** Where such a rule comes from. */
  public String meaning() {
    return switch (this) {
      case PUBLISHED -> "the published API reference says so";
      case OBSERVED -> "deployed software behaves so, and clients depend on it";
      case HARDENING -> "a stricter security rule that keeps the wire compatible";
    };
  }

  /** The word that ledger, tags and reports use for it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
