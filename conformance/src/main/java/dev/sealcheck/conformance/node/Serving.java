package dev.sealcheck.conformance.node;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A behaviour in force. Closing it restores the node's good answers, unless another behaviour has
 * taken its place, and resets the connections that it still holds open.
 */
public final class Serving implements AutoCloseable {
  private final NodeBehaviour behaviour;
  private final Consumer<Serving> restore;
  private final Set<NodeCall> live = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Serving(NodeBehaviour behaviour, Consumer<Serving> restore) {
    this.behaviour = behaviour;
    this.restore = restore;
  }

  /** Withdraws the behaviour; a second time does nothing. */
  @Override
  public void close() {
    closed = true;
    restore.accept(this);
    cut();
  }

  /** Ends the calls that are held open; the behaviour stays. */
  void cut() {
    live.forEach(NodeCall::withdraw);
  }

  /**
   * Serves one call, and answers it where the behaviour refuses its envelope.
   *
   * @throws IllegalStateException if the behaviour left its stream open
   */
  void serve(NodeCall call) throws IOException {
    live.add(call);
    if (closed) {
      call.withdraw();
    }
    boolean finished;
    try {
      behaviour.serve(call);
    } catch (RefusedEnvelope refused) {
      ErrorObject.answer(call.http(), refused.code());
    } finally {
      live.remove(call);
      finished = call.release();
    }
    if (!finished) {
      throw new IllegalStateException("the behaviour left its stream open");
    }
  }
}
