package dev.sealcheck.node.engine;

import java.util.List;

/** An inference engine; safe for use by many threads at once. */
public interface Engine extends AutoCloseable {

  /**
   * The whole answer: the exact bytes of one JSON object in UTF-8, owned by the caller.
   *
   * @throws EngineException if the request is none the engine can serve, the engine is full, or it
   *     fails
   * @throws InterruptedException if the thread is interrupted while it waits for the engine
   */
  byte[] answer(EngineRequest request) throws EngineException, InterruptedException;

  /**
   * A running stream, as soon as the engine has agreed to answer; the caller closes it.
   *
   * @throws EngineException if the request is none the engine can stream, the engine is full, or it
   *     fails before the stream begins
   * @throws InterruptedException if the thread is interrupted while it waits for the engine
   */
  EngineStream stream(EngineRequest request) throws EngineException, InterruptedException;

  /** The names of the models that the engine serves, unmodifiable. */
  List<String> models();

  /** Ends the engine: running streams fail, later requests are refused as failed. Idempotent. */
  @Override
  void close();
}
