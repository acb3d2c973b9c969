package dev.sealcheck.node.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Hands out an answer's chunks at a pace, as they are asked for. */
final class PacedStream implements EngineStream {

  private static final JsonMapper JSON = new JsonMapper();

  private final TextAnswer answer;
  private final Pace pace;
  private final Consumer<EngineStream> onEnd;
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean complete;

  /** A stream that runs {@code onEnd} once with itself, whichever way it ends. */
  PacedStream(TextAnswer answer, Pace pace, Consumer<EngineStream> onEnd) {
    this.answer = answer;
    this.pace = pace;
    this.onEnd = onEnd;
  }

  @Override
  public Optional<byte[]> next() throws EngineException, InterruptedException {
    if (complete) {
      return Optional.empty();
    }
    if (ended.get()) {
      throw closedEarly();
    }
    Optional<ObjectNode> chunk = answer.nextChunk();
    if (chunk.isEmpty()) {
      complete = true;
      close();
      return Optional.empty();
    }
    try {
      if (!pace.awaitStep()) {
        throw closedEarly();
      }
    } catch (InterruptedException interrupted) {
      // The chunk is gone, so the stream must not go on without it.
      close();
      throw interrupted;
    }
    return Optional.of(bytes(chunk.get()));
  }

  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      pace.stop();
      onEnd.accept(this);
    }
  }

  private static EngineException closedEarly() {
    return EngineException.failed("the stream was closed before its end");
  }

  /** The one serialisation of an answer or chunk. */
  static byte[] bytes(ObjectNode json) throws EngineException {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException unwritable) {
      // Its message can quote the text, so it is not kept as the cause.
      throw EngineException.failed("the answer could not be written");
    }
  }
}
