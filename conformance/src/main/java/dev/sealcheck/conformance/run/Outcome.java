package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.requirement.Level;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.Hung;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.verdict.Verdict;
import java.util.Optional;

/**
 * What a test's end means.
 *
 * @param reason one text for people; empty for a PASS
 * @param expected and {@code seen}: what a failed check compared; empty where it compared nothing
 */
record Outcome(Verdict verdict, String reason, String expected, String seen) {

  private static final int CAUSES_LIMIT = 20;

  static Outcome of(Verdict verdict, String reason) {
    return new Outcome(verdict, reason, "", "");
  }

  /**
   * The meaning of an exception that ended a test; engines may have wrapped the one that counts.
   *
   * @param level of the test's requirement
   */
  static Outcome ofThrowable(Throwable thrown, Level level) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < CAUSES_LIMIT; depth++) {
      Optional<Outcome> known = ofKnown(cause, level);
      if (known.isPresent()) {
        return known.get();
      }
      cause = cause.getCause();
    }
    return of(Verdict.HARNESS_ERROR, describe(thrown));
  }

  /** Class and first line of the message, for errors of the suite itself. */
  static String describe(Throwable thrown) {
    String message = text(thrown).lines().findFirst().orElse("");
    String name = thrown.getClass().getName();
    return message.isEmpty() ? name : name + ": " + message;
  }

  private static Optional<Outcome> ofKnown(Throwable cause, Level level) {
    if (cause instanceof NotRun) {
      return Optional.of(of(Verdict.NOT_RUN, text(cause)));
    }
    if (cause instanceof NotApplicable) {
      return Optional.of(of(Verdict.NOT_APPLICABLE, text(cause)));
    }
    if (cause instanceof Hung) {
      return Optional.of(of(Verdict.HUNG, text(cause)));
    }
    if (cause instanceof CheckFailed failed) {
      return Optional.of(new Outcome(broken(level), text(cause), failed.expected(), failed.seen()));
    }
    if (cause instanceof AssertionError) {
      return Optional.of(of(broken(level), text(cause)));
    }
    return Optional.empty();
  }

  /** What breaking a requirement of that level comes to. */
  static Verdict broken(Level level) {
    return switch (level) {
      case MUST -> Verdict.FAIL;
      case SHOULD -> Verdict.WARN;
      case MAY -> Verdict.INFO;
    };
  }

  private static String text(Throwable thrown) {
    return thrown.getMessage() == null ? "" : thrown.getMessage();
  }
}
