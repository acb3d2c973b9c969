package dev.sealcheck.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.node.enclave.OpenedRequest;
import dev.sealcheck.node.engine.EngineException;
import dev.sealcheck.node.engine.EngineStream;
import dev.sealcheck.protocol.server.AbortedException;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.server.SseWriter;
import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Seals an engine's chunks one by one as they come; docs/PROTOCOL.md section 6. */
final class StreamRelay {

  private final ServerLimits limits;
  private final RunningStreams running;

  StreamRelay(ServerLimits limits, RunningStreams running) {
    this.limits = limits;
    this.running = running;
  }

  /**
   * Writes the whole stream; one that its proxy stops ends with the usage so far.
   *
   * @throws AbortedException if the engine fails, or ends without its usage
   * @throws IOException if the caller is gone
   */
  void relay(
      EngineStream chunks,
      OpenedRequest request,
      Optional<String> requestId,
      Address proxy,
      Context context)
      throws AbortedException, IOException, InterruptedException {
    AtomicBoolean stopped = new AtomicBoolean();
    Runnable stop =
        () -> {
          stopped.set(true);
          chunks.close();
        };
    RunningStreams.Running entry = running.add(requestId, proxy, stop);
    AtomicBoolean callerGone = new AtomicBoolean();
    Runnable leave =
        () -> {
          callerGone.set(true);
          chunks.close();
        };
    try (SseWriter writer = new SseWriter(context, limits.keepAlive(), leave)) {
      Progress progress = new Progress(writer, request);
      try {
        while (!progress.ended) {
          progress.write(next(chunks));
        }
        if (chunks.next().isPresent()) {
          throw new AbortedException("the engine went on after its usage");
        }
      } catch (EngineException e) {
        if (callerGone.get()) {
          throw new IOException("the caller is gone");
        }
        if (!stopped.get()) {
          throw new AbortedException("the engine failed: " + e.reason());
        }
        if (!progress.ended) {
          progress.writeUsageSoFar();
        }
      }
    } catch (MalformedMessageException e) {
      throw new AbortedException("an engine chunk is unusable: " + e.getMessage());
    } finally {
      entry.remove();
    }
  }

  private static byte[] next(EngineStream chunks)
      throws EngineException, InterruptedException, AbortedException {
    return chunks
        .next()
        .orElseThrow(() -> new AbortedException("the engine ended without its usage"));
  }

  /** How far one stream has come. */
  private static final class Progress {
    private final SseWriter writer;
    private final OpenedRequest request;
    private EngineMessage first;
    private long sequence;
    private boolean ended;

    Progress(SseWriter writer, OpenedRequest request) {
      this.writer = writer;
      this.request = request;
    }

    void write(byte[] json) throws MalformedMessageException, IOException {
      EngineMessage chunk = EngineMessage.chunk(json);
      if (first == null) {
        first = chunk;
      }
      ended = chunk.endsStream();
      byte[] plaintext = chunk.withSeal(sequence++, ended, request.hash());
      writer.event(request.sealer().seal(plaintext, chunk.usage()).toJson());
    }

    /**
     * The last event of a stopped stream. The engine was not asked for more, so each chunk that was
     * passed on counts as one generated token, and the prompt as none.
     */
    void writeUsageSoFar() throws MalformedMessageException, IOException {
      ObjectNode last = first == null ? EngineMessage.empty() : first.head();
      last.putArray("choices");
      JsonNode usage =
          last.putObject("usage")
              .put("prompt_tokens", 0)
              .put("completion_tokens", sequence)
              .put("total_tokens", sequence);
      EngineMessage chunk = EngineMessage.of(last);
      byte[] plaintext = chunk.withSeal(sequence, true, request.hash());
      writer.event(request.sealer().seal(plaintext, Optional.of(usage)).toJson());
    }
  }
}
