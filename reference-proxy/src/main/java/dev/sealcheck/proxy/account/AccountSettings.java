package dev.sealcheck.proxy.account;

/**
 * Sizes and bounds of the accounts.
 *
 * @param stackUnits what a stack holds, in compute units; 1 to 2^53 - 1
 * @param imageStackUnits what a stack for an image model holds, in compute units; 1 to 2^53 - 1
 * @param maxLiveLocksPerUser how many unused, unexpired locks one user may have; 1 to 1,000,000
 * @param maxOpenStacksPerUser how many stacks that still have units one user may have; 1 to
 *     1,000,000
 */
public record AccountSettings(
    long stackUnits, long imageStackUnits, int maxLiveLocksPerUser, int maxOpenStacksPerUser) {

  private static final long DEFAULT_STACK_UNITS = 1_000_000;
  private static final long DEFAULT_IMAGE_STACK_UNITS = 16_777_216;
  private static final int DEFAULT_LIMIT = 10_000;
  private static final int HIGHEST_LIMIT = 1_000_000;
  // Integers up to here survive every JSON reader.
  private static final long HIGHEST_STACK_UNITS = (1L << 53) - 1;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public AccountSettings {
    requireRange("stackUnits", stackUnits, HIGHEST_STACK_UNITS);
    requireRange("imageStackUnits", imageStackUnits, HIGHEST_STACK_UNITS);
    requireRange("maxLiveLocksPerUser", maxLiveLocksPerUser, HIGHEST_LIMIT);
    requireRange("maxOpenStacksPerUser", maxOpenStacksPerUser, HIGHEST_LIMIT);
  }

  /**
   * Settings with these stack sizes and the default bounds.
   *
   * @throws IllegalArgumentException if a size is outside its range
   */
  public AccountSettings(long stackUnits, long imageStackUnits) {
    this(stackUnits, imageStackUnits, DEFAULT_LIMIT, DEFAULT_LIMIT);
  }

  /**
   * Returns stacks of 1,000,000 units, 16,777,216 for an image model (docs/PROTOCOL.md section 8),
   * and bounds of 10,000 live locks and 10,000 open stacks a user.
   */
  public static AccountSettings defaults() {
    return new AccountSettings(DEFAULT_STACK_UNITS, DEFAULT_IMAGE_STACK_UNITS);
  }

  long stackUnits(boolean imageModel) {
    return imageModel ? imageStackUnits : stackUnits;
  }

  private static void requireRange(String name, long value, long highest) {
    if (value < 1 || value > highest) {
      throw new IllegalArgumentException(name + " " + value + " is not within 1 to " + highest);
    }
  }
}
