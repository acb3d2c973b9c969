package dev.sealcheck.conformance.attestation;

/**
 * One thing that a verifier says of evidence.
 *
 * @param name as in NVIDIA's claims version 3.0, or beginning with x-sealcheck
 * @param outcome what was found
 * @param reason in a few words why it is not true; empty where it is
 */
public record Claim(String name, Outcome outcome, String reason) {
  /** What was found. */
  public enum Outcome {
    /** It holds. */
    TRUE,
    /** It does not hold, or nothing shows that it does. */
    FALSE,
    /** It was left out, as the page allows, and changes nothing. */
    SKIPPED,
    /** It could not be judged, because the caller did not say what is right. */
    UNCHECKED
  }

  static Claim holds(String name) {
    return new Claim(name, Outcome.TRUE, "");
  }

  static Claim fails(String name, String reason) {
    return new Claim(name, Outcome.FALSE, reason);
  }

  static Claim skipped(String name, String reason) {
    return new Claim(name, Outcome.SKIPPED, reason);
  }

  static Claim unchecked(String name, String reason) {
    return new Claim(name, Outcome.UNCHECKED, reason);
  }

  /** A claim that holds where {@code right} does, else fails for {@code reason}. */
  static Claim of(String name, boolean right, String reason) {
    return right ? holds(name) : fails(name, reason);
  }
}
