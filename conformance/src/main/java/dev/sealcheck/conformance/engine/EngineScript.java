package dev.sealcheck.conformance.engine;

import dev.sealcheck.conformance.host.HostedCall;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the engine does with the calls of one check, and the calls that came. */
public final class EngineScript implements AutoCloseable {
  private final String marker;
  private final ScriptedEngine engine;
  private final Set<HostedCall> running = ConcurrentHashMap.newKeySet();
  private volatile EngineBehaviour behaviour = Behaviours.ordinary();
  private volatile boolean closed;

  EngineScript(String marker, ScriptedEngine engine) {
    this.marker = marker;
    this.engine = engine;
  }

  /** The string in {@code user} of the bodies that are served by this script. */
  public String marker() {
    return marker;
  }

  /** All calls with the marker so far, in the order of arrival. */
  public List<EngineCall> calls() {
    return engine.calls(marker);
  }

  /** Serves calls so from now on; before it is called they get the ordinary answer. */
  public EngineScript does(EngineBehaviour next) {
    behaviour = next;
    return this;
  }

  /** Forgets the behaviour and resets the calls that it is still serving. */
  @Override
  public void close() {
    closed = true;
    engine.remove(this);
    running.forEach(HostedCall::reset);
  }

  void serve(EngineCall call) throws IOException {
    running.add(call.http());
    try {
      if (closed) {
        call.http().reset();
      } else {
        behaviour.serve(call);
      }
    } finally {
      running.remove(call.http());
    }
  }
}
