package dev.sealcheck.conformance.requirement;

import java.util.Locale;

/** The two classes that a deployment can reach; docs/PROTOCOL.md says which rule is in which. */
public enum RequirementClass {
  /** What the published API promises and what deployed clients depend on. */
  CORE,
  /** Stricter rules on the same wire. */
  HARDENED;

  /** What belongs to it. */
  public String meaning() {
    return switch (this) {
      case CORE -> "what the published API promises and what deployed clients depend on";
      case HARDENED -> "stricter rules on the same wire";
    };
  }

  /** The word that ledger, tags and reports use for it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
