package dev.sealcheck.proxy.registry;

import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which registered nodes new locks had better pass over: those that lately could not be reached or
 * had no room; docs/PROTOCOL.md section 8. Safe for use by any number of threads, and never larger
 * than the list of configured nodes.
 */
public final class Absences {

  private final Registry registry;
  private final Duration unreachable;
  private final Timekeeper time;
  private final Map<Long, Absence> absences = new ConcurrentHashMap<>();

  /**
   * No absences yet.
   *
   * @param unreachable how long a node is passed over that could not be reached; one that is back
   *     earlier registers again, which ends its absence at once
   */
  public Absences(Registry registry, Duration unreachable, Timekeeper time) {
    this.registry = registry;
    this.unreachable = unreachable;
    this.time = time;
  }

  /**
   * Notes how a request to {@code node} failed; most failures say nothing of its next request, and
   * none says anything of a node that has registered with another address or key since.
   */
  public void note(RegisteredNode node, RefusedException failure) {
    Duration length =
        switch (failure.code()) {
          case NODE_UNAVAILABLE, NODE_TIMEOUT -> unreachable;
          case TOO_MANY_REQUESTS -> Duration.ofSeconds(failure.retryAfterSeconds().orElse(0));
          default -> Duration.ZERO;
        };
    if (!length.isZero() && registry.node(node.id()).equals(Optional.of(node))) {
      absences.put(node.id(), new Absence(time.nanoTime(), length));
    }
  }

  /** Notes that the node of that id has answered and registered. */
  public void end(long id) {
    absences.remove(id);
  }

  /**
   * The nodes of {@code serving} that are not absent, in the same order; all of them where none is
   * left, since a node may be back before anybody has noticed.
   */
  public List<NodeEntry> present(List<NodeEntry> serving) {
    long now = time.nanoTime();
    List<NodeEntry> present = serving.stream().filter(node -> !isAbsent(node, now)).toList();
    return present.isEmpty() ? serving : present;
  }

  private boolean isAbsent(NodeEntry node, long nowNanos) {
    Absence absence = absences.get(node.id());
    return absence != null && nowNanos - absence.sinceNanos < absence.length.toNanos();
  }

  private record Absence(long sinceNanos, Duration length) {}
}
