package dev.sealcheck.node.http;

import dev.sealcheck.node.enclave.OpenedRequest;
import dev.sealcheck.node.engine.EngineException;
import dev.sealcheck.node.engine.EngineStream;
import dev.sealcheck.protocol.server.AbortedException;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.server.SseWriter;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Seals an engine's chunks one by one as they come; docs/PROTOCOL.md section 6. */
final class StreamRelay {

  private final ServerLimits limits;
  private final Timekeeper time;
  private final Executor writers;

  StreamRelay(ServerLimits limits, Timekeeper time, Executor writers) {
    this.limits = limits;
    this.time = time;
    this.writers = writers;
  }

  /**
   * Writes the whole stream.
   *
   * @throws AbortedException if the engine fails, or ends without its usage
   * @throws IOException if the caller is gone
   */
  void relay(EngineStream chunks, OpenedRequest request, Context context)
      throws AbortedException, IOException, InterruptedException {
    try (SseWriter writer =
        new SseWriter(context, limits.keepAlive(), time, writers, chunks::close)) {
      boolean ended = false;
      long sequence = 0;
      for (Optional<byte[]> next = chunks.next(); next.isPresent(); next = chunks.next()) {
        if (ended) {
          throw new AbortedException("the engine went on after its usage");
        }
        EngineMessage chunk = EngineMessage.chunk(next.get());
        ended = chunk.endsStream();
        byte[] plaintext = chunk.withSeal(sequence++, ended, request.hash());
        writer.event(request.sealer().seal(plaintext, chunk.usage()).toJson());
      }
      if (!ended) {
        throw new AbortedException("the engine ended without its usage");
      }
    } catch (EngineException e) {
      throw new AbortedException("the engine failed: " + e.reason());
    } catch (MalformedMessageException e) {
      throw new AbortedException("an engine chunk is unusable: " + e.getMessage());
    }
  }
}
