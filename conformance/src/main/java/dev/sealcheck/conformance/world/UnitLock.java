package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.LockGrant;

/**
 * A lock of a {@link UnitProbe}, in the hand of the check.
 *
 * @param units its size, or what is free on its stack after it was used
 */
public record UnitLock(LockGrant lock, long units) {

  /** The stack that it is on. */
  public long stack() {
    return lock.stackSmallId();
  }
}
