package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.verdict.CheckFailed;

/**
 * A stack so much of which is locked that another such lock has no room there: where that one lands
 * tells whether the first was released.
 */
public final class WholeStack {

  /** Longer than any check that uses it. */
  private static final int LIFE_SECONDS = 15;

  /** docs/PROTOCOL.md section 9: no room, and none can be bought. */
  private static final int NO_BALANCE = 402;

  /** Others of the user's stacks may have room too; a proxy that releases comes back before. */
  private static final int TRIES = 4;

  private final TestClient client;
  private final long units;

  /** Stacks of which {@code units}, more than half, are locked at a time. */
  public WholeStack(TestClient client, long units) {
    this.client = client;
    this.units = units;
  }

  /** The first lock. */
  public LockGrant lock() {
    return TestClient.rely(() -> client.grant(client.askForLock(units, LIFE_SECONDS)));
  }

  /**
   * A lock on the same stack, after the one on it has been used.
   *
   * @param why what should have released it
   * @throws CheckFailed if locks of that size land elsewhere
   */
  public LockGrant lockAgain(LockGrant used, String why) {
    for (int i = 0; i < TRIES; i++) {
      Exchange answer = client.askForLock(units, LIFE_SECONDS);
      if (answer.isAnswered() && answer.status() == NO_BALANCE) {
        break;
      }
      LockGrant lock = TestClient.rely(() -> client.grant(answer));
      if (lock.stackSmallId() == used.stackSmallId()) {
        return lock;
      }
    }
    throw new CheckFailed(
        "the units of a lock free again on its stack after " + why, "no room for them there");
  }
}
