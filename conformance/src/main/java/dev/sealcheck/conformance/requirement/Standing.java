package dev.sealcheck.conformance.requirement;

import java.util.Locale;

/** How far the tests of today cover a row. */
public enum Standing {
  /** In full. */
  TESTED,
  /** In part; the row says which part is missing. */
  PARTIAL,
  /** Not at all; the row says why. */
  EXCLUDED;

  /** The word for lists and pages. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the word means. */
  public String meaning() {
    return switch (this) {
      case TESTED -> "checks cover all of it";
      case PARTIAL -> "checks cover a part of it; the row says what is not observed";
      case EXCLUDED -> "nothing tests it in this version; the row says why";
    };
  }

  /** The standing of {@code row}. */
  static Standing of(Requirement row) {
    if (!row.tested()) {
      return EXCLUDED;
    }
    return row.partial().isPresent() ? PARTIAL : TESTED;
  }
}
