package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.profile.RotationAccess;
import dev.sealcheck.conformance.verdict.CheckFailed;

/** The node of the target that changes its key when it is told to, for this check alone. */
public final class Rotation {

  private final World world;
  private final RotationAccess access;

  Rotation(World world, RotationAccess access) {
    this.world = world;
    this.access = access;
  }

  /**
   * Has the node change its key, and returns once it says that this is done.
   *
   * @throws CheckFailed if it does not
   */
  public void rotate() {
    HttpCall call = HttpCall.post(access.url(), Bytes.utf8("{}"));
    Exchange answer = world.client().send(access.token().map(call::bearing).orElse(call));
    if (!answer.isAnswered() || answer.status() != 200) {
      throw new CheckFailed("a node that changes its key when it is told to", answer.outcome());
    }
  }
}
