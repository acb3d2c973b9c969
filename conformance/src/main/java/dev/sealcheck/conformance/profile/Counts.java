package dev.sealcheck.conformance.profile;

/**
 * How often things are done that need many; a paid deployment may lower them, which weakens the
 * checks. All positive.
 *
 * @param answers answers whose nonces are compared
 * @param locksInTurn locks made one after another to see a leak
 * @param locksAtOnce locks asked for at once
 * @param resets connections that are broken off
 * @param burst requests of the user with a rate limit
 * @param tries tries of a property
 */
public record Counts(
    int answers, int locksInTurn, int locksAtOnce, int resets, int burst, int tries) {

  /** The numbers of the catalogue. */
  public static final Counts DEFAULT = new Counts(100, 100, 200, 200, 60, 25);

  /** A set of counts. @throws IllegalArgumentException if one is not positive */
  public Counts {
    if (Math.min(Math.min(answers, locksInTurn), Math.min(locksAtOnce, resets)) < 1
        || Math.min(burst, tries) < 1) {
      throw new IllegalArgumentException("every count is 1 or more");
    }
  }
}
