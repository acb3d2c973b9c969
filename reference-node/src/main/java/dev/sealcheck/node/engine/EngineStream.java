package dev.sealcheck.node.engine;

import java.util.Optional;

/** The chunks of one streamed answer, read by one thread and closed by any. */
public interface EngineStream extends AutoCloseable {

  /**
   * Blocks for the next chunk: the exact bytes of one JSON object in UTF-8, owned by the caller.
   * Empty at the clean end of the stream, and from then on.
   *
   * @throws EngineException if the engine fails, or the stream was closed before its end
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Optional<byte[]> next() throws EngineException, InterruptedException;

  /** Stops the engine at once and wakes a thread that waits in {@link #next}. Idempotent. */
  @Override
  void close();
}
