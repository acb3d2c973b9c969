package dev.sealcheck.conformance.vector;

/**
 * How one case compares with what the suite's client makes of it.
 *
 * @param one the case
 * @param kind whether it agrees
 * @param detail for a decided case the rule, out of scope the reason, else what came instead
 */
public record Outcome(VectorCase one, Kind kind, String detail) {
  /** The four ways in which a case can end. */
  public enum Kind {
    /** As the file says, with the same error where it names one. */
    AGREES,
    /** The file leaves it open or sees it more generally; as the protocol decides. */
    DECIDED,
    /** The protocol has no such parameters. */
    OUT_OF_SCOPE,
    /** Not as the file says. */
    DIFFERS
  }

  static Outcome of(VectorCase one) {
    Judge judge = Judges.of(one.type());
    if (judge == null) {
      return new Outcome(one, Kind.OUT_OF_SCOPE, "groups of type " + one.type());
    }
    Finding finding;
    try {
      finding = judge.judge(one);
    } catch (OutOfScope beyond) {
      return new Outcome(one, Kind.OUT_OF_SCOPE, beyond.getMessage());
    }
    String verdict = finding.verdict();
    if (!one.namesError() && finding.decision().isPresent() && !one.result().equals("invalid")) {
      Finding.Decision decision = finding.decision().get();
      if (!verdict.equals(decision.verdict())) {
        return differs(one, decision.verdict(), verdict);
      }
      return verdict.equals(one.result())
          ? new Outcome(one, Kind.AGREES, "")
          : new Outcome(one, Kind.DECIDED, decision.rule());
    }
    boolean agrees = verdict.equals(one.expected());
    if (one.result().equals("invalid") && !one.namesError()) {
      // Any refusal will do where the file does not say which.
      agrees = !verdict.equals(Finding.VALID);
    }
    return agrees ? new Outcome(one, Kind.AGREES, "") : differs(one, one.expected(), verdict);
  }

  private static Outcome differs(VectorCase one, String expected, String verdict) {
    return new Outcome(one, Kind.DIFFERS, "expected " + expected + ", came " + verdict);
  }
}
