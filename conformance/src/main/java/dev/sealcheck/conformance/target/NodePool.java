package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.verdict.NotRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Lends the nodes that the suite plays, each to one check at a time. */
public final class NodePool {

  private final SuiteClock clock;
  private final List<ScriptedNode> all;
  private final List<ScriptedNode> free;
  private final ReentrantLock guard = new ReentrantLock(true);
  private final Condition returned = guard.newCondition();

  NodePool(List<ScriptedNode> nodes, SuiteClock clock) {
    this.all = List.copyOf(nodes);
    this.free = new ArrayList<>(nodes);
    this.clock = clock;
  }

  /**
   * A node of its own for a check.
   *
   * @param fits which nodes will do
   * @throws NotApplicable if the proxy knows none that will
   * @throws NotRun if none became free before {@code deadline}
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public NodeLoan borrow(Predicate<ScriptedNode> fits, Deadline deadline)
      throws InterruptedException {
    if (all.stream().noneMatch(fits)) {
      throw new NotApplicable(
          "a node behind the proxy that the suite plays (profile: scripted_nodes)");
    }
    guard.lockInterruptibly();
    try {
      Optional<ScriptedNode> node = free.stream().filter(fits).findFirst();
      while (node.isEmpty()) {
        long left = deadline.endNanos() - clock.nanoTime();
        if (left <= 0 || !returned.await(left, TimeUnit.NANOSECONDS)) {
          throw new NotRun(
              "none of " + all.size() + " scripted nodes became free in the time of a check");
        }
        node = free.stream().filter(fits).findFirst();
      }
      free.remove(node.get());
      node.get().forgetCalls();
      return new NodeLoan(this, node.get());
    } finally {
      guard.unlock();
    }
  }

  void giveBack(ScriptedNode node) {
    guard.lock();
    try {
      free.add(node);
      returned.signalAll();
    } finally {
      guard.unlock();
    }
  }
}
