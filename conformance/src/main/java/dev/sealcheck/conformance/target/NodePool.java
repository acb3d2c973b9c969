package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.verdict.NotRun;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lends the nodes that the suite plays, each to one check at a time. */
public final class NodePool {

  private final SuiteClock clock;
  private final int size;
  private final BlockingQueue<ScriptedNode> free = new LinkedBlockingQueue<>();

  NodePool(List<ScriptedNode> nodes, SuiteClock clock) {
    this.size = nodes.size();
    this.clock = clock;
    free.addAll(nodes);
  }

  /**
   * A node of its own for a check.
   *
   * @throws NotApplicable if the proxy knows none
   * @throws NotRun if none became free before {@code deadline}
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public NodeLoan borrow(Deadline deadline) throws InterruptedException {
    if (size == 0) {
      throw new NotApplicable(
          "a node behind the proxy that the suite plays (profile: scripted_nodes)");
    }
    long left = deadline.endNanos() - clock.nanoTime();
    ScriptedNode node = free.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
    if (node == null) {
      throw new NotRun("none of " + size + " scripted nodes became free in the time of a check");
    }
    node.forgetCalls();
    return new NodeLoan(this, node);
  }

  void giveBack(ScriptedNode node) {
    free.add(node);
  }
}
