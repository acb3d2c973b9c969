package dev.sealcheck.node.engine;

import dev.sealcheck.protocol.server.SseInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The events of an engine's answer, each read only when it is asked for: a slow reader slows the
 * engine. A {@code [DONE]} is the end and not an event.
 */
final class HttpEngineStream implements EngineStream {

  /** The largest event: far more than a token with all its alternatives. */
  static final int MAX_EVENT_BYTES = 1024 * 1024;

  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private final EngineCall call;
  private final SseInput events;
  private boolean complete;

  /** The stream of a call whose head has arrived. */
  HttpEngineStream(EngineCall call) {
    this.call = call;
    this.events = new SseInput(call.body(), MAX_EVENT_BYTES);
  }

  @Override
  public Optional<byte[]> next() throws EngineException, InterruptedException {
    if (complete) {
      return Optional.empty();
    }
    if (call.ended()) {
      throw EngineException.failed("the stream was closed before its end");
    }
    try {
      Optional<byte[]> data = events.next();
      if (data.isEmpty() || Arrays.equals(data.get(), DONE)) {
        complete = true;
        call.close();
        return Optional.empty();
      }
      if (events.eventType().equals("error")) {
        throw EngineException.failed("the engine sent an error event");
      }
      return Optional.of(EngineJson.requireAnswer(data.get()));
    } catch (IOException broken) {
      throw call.failure(broken);
    } catch (EngineException unusable) {
      call.close();
      throw unusable;
    }
  }

  @Override
  public void close() {
    call.close();
  }
}
