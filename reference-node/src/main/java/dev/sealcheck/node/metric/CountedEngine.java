package dev.sealcheck.node.metric;

import dev.sealcheck.node.engine.Engine;
import dev.sealcheck.node.engine.EngineException;
import dev.sealcheck.node.engine.EngineRequest;
import dev.sealcheck.node.engine.EngineStream;
import java.util.List;
import java.util.Optional;

/** Passes everything on, and counts stream events and errors. */
final class CountedEngine implements Engine {

  private final Engine engine;
  private final NodeMetrics metrics;

  CountedEngine(Engine engine, NodeMetrics metrics) {
    this.engine = engine;
    this.metrics = metrics;
  }

  @Override
  public byte[] answer(EngineRequest request) throws EngineException, InterruptedException {
    try {
      return engine.answer(request);
    } catch (EngineException e) {
      metrics.engineError(e.reason());
      throw e;
    }
  }

  @Override
  public EngineStream stream(EngineRequest request) throws EngineException, InterruptedException {
    try {
      return new CountedStream(engine.stream(request));
    } catch (EngineException e) {
      metrics.engineError(e.reason());
      throw e;
    }
  }

  @Override
  public List<String> models() {
    return engine.models();
  }

  @Override
  public void close() {
    engine.close();
  }

  private final class CountedStream implements EngineStream {
    private final EngineStream stream;
    private volatile boolean closed;

    CountedStream(EngineStream stream) {
      this.stream = stream;
    }

    @Override
    public Optional<byte[]> next() throws EngineException, InterruptedException {
      try {
        Optional<byte[]> next = stream.next();
        if (next.isPresent()) {
          metrics.streamEvent();
        }
        return next;
      } catch (EngineException e) {
        // A stream that the node itself has closed is no error of the engine.
        if (!closed) {
          metrics.engineError(e.reason());
        }
        throw e;
      }
    }

    @Override
    public void close() {
      closed = true;
      stream.close();
    }
  }
}
