package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.verdict.NotApplicable;
import java.util.Locale;

/** What a user must allow before it is done to a deployment. */
public enum Permission {
  /** Hundreds of requests, or locks over whole stacks. */
  COSTLY,
  /** Hundreds of broken connections, or as many requests at once as the engine takes. */
  DISTURBING,
  /** Waits of a minute and more. */
  SLOW;

  /** The word for it in a profile. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Says that a check was left out for want of this. */
  NotApplicable missing() {
    return new NotApplicable(
        "leave to run " + word() + " checks (profile: allow: [" + word() + "])");
  }
}
