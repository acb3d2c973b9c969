package dev.sealcheck.proxy.account;

import java.util.Objects;

/** What became of a lock request; only {@link Locked} changes any account. */
public sealed interface LockOutcome {

  /**
   * The units are locked.
   *
   * @param stack the stack that holds them
   * @param nodeSmallId the node of that stack
   * @param stackEntryDigest 64 hexadecimal digits that name the purchase where this lock bought the
   *     stack, {@code null} where the stack was there before
   */
  record Locked(StackId stack, long nodeSmallId, String stackEntryDigest) implements LockOutcome {

    /** Needs a stack; the digest may be {@code null}. */
    public Locked {
      Objects.requireNonNull(stack, "stack");
    }
  }

  /** No stack has room and the balance does not pay for another: 402. */
  record BalanceTooLow() implements LockOutcome {}

  /**
   * The request asks for more than any stack holds: 400, whatever the balance and the nodes.
   *
   * @param stackUnits what a stack for this model holds
   */
  record MoreThanAStack(long stackUnits) implements LockOutcome {}

  /** No usable node offers the model: 503. */
  record NoNode() implements LockOutcome {}

  /** The user has as many live locks, or as many unfinished stacks, as the settings allow: 429. */
  record TooManyLocks() implements LockOutcome {}
}
