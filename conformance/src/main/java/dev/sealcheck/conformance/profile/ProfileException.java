package dev.sealcheck.conformance.profile;

import java.util.List;

/**
 * A profile, or what it names, cannot be used. Each error is one line that begins with the path of
 * its key; none holds a value, which might be a token put where a file belongs.
 */
public final class ProfileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LINES_LIMIT = 20;

  /**
   * With one line for each error.
   *
   * @throws IllegalArgumentException if there is none
   */
  ProfileException(List<String> errors) {
    super(text(errors));
  }

  /** With one error. */
  ProfileException(String error) {
    this(List.of(error));
  }

  private static String text(List<String> errors) {
    if (errors.isEmpty()) {
      throw new IllegalArgumentException("an exception needs an error");
    }
    String shown = String.join("\n", errors.subList(0, Math.min(errors.size(), LINES_LIMIT)));
    return errors.size() > LINES_LIMIT
        ? shown + "\nand " + (errors.size() - LINES_LIMIT) + " more errors"
        : shown;
  }
}
