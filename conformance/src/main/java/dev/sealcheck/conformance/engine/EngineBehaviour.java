package dev.sealcheck.conformance.engine;

import java.io.IOException;

/** What the engine does with a call; it runs on the thread of the call's connection. */
@FunctionalInterface
public interface EngineBehaviour {

  /**
   * Answers, streams or breaks {@code call} before it returns.
   *
   * @throws IOException if the node went away or its connection broke
   */
  void serve(EngineCall call) throws IOException;
}
