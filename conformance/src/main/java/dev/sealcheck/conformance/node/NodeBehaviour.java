package dev.sealcheck.conformance.node;

import java.io.IOException;

/**
 * What a scripted node does with a confidential call; it runs on the thread of the call's
 * connection and may serve several calls at once.
 */
@FunctionalInterface
public interface NodeBehaviour {

  /**
   * Answers, streams or breaks {@code call} before it returns.
   *
   * @throws RefusedEnvelope if the envelope is wrong: the node answers with its code
   * @throws IOException if the proxy went away
   * @throws IllegalStateException if this cannot be done to such a call: the suite is wrong, and
   *     the node keeps it as a failure
   */
  void serve(NodeCall call) throws IOException, RefusedEnvelope;
}
