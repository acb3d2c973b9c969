package dev.sealcheck.conformance.requirement;

import java.util.Locale;

/** How binding a requirement is, in the sense of RFC 2119. */
public enum Level {
  /** Breaking it is a FAIL. */
  MUST,
  /** Not doing it is a WARN. */
  SHOULD,
  /** Not doing it is an INFO. */
  MAY;

  /** The word in the ledger and in reports, in capitals. */
  public String label() {
    return name();
  }

  /** What that means for a run. */
  public String meaning() {
    return switch (this) {
      case MUST -> "breaking it is a failure, and the run ends with exit code 1";
      case SHOULD -> "not doing it is a warning, which changes no exit code";
      case MAY -> "not doing it is worth a note, no more";
    };
  }

  /** The word that tags a scenario or a property. */
  public String tagName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
