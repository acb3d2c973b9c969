package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.node.ScriptedNode;

/**
 * A scripted node borrowed for one check; closing gives it back.
 *
 * @param node answers well, and has forgotten the calls of the check before
 */
public record NodeLoan(NodePool pool, ScriptedNode node) implements AutoCloseable {

  @Override
  public void close() {
    pool.giveBack(node);
  }
}
