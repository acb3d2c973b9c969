package dev.sealcheck.node.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An engine that can be switched off and on again, so that a test sees it fail. On at first. */
public final class SwitchedEngine implements Engine {

  private final Engine engine;
  private final Set<Breakable> running = ConcurrentHashMap.newKeySet();

  /** Grows with each switching off, so that an answer knows whether it lived through one. */
  private volatile int failures;

  private volatile boolean up = true;

  /** Passes everything on to {@code engine} while it is on. */
  public SwitchedEngine(Engine engine) {
    this.engine = engine;
  }

  /** Switches on, or off: running answers and streams fail, as does what comes while it is off. */
  public synchronized void set(boolean on) {
    if (up == on) {
      return;
    }
    up = on;
    if (!on) {
      failures++;
      running.forEach(Breakable::breakOff);
    }
  }

  @Override
  public byte[] answer(EngineRequest request) throws EngineException, InterruptedException {
    int before = failures;
    throwIfDown(before);
    byte[] answer = engine.answer(request);
    throwIfDown(before);
    return answer;
  }

  @Override
  public EngineStream stream(EngineRequest request) throws EngineException, InterruptedException {
    int before = failures;
    throwIfDown(before);
    Breakable stream = new Breakable(engine.stream(request));
    running.add(stream);
    if (!up || failures != before) {
      // It may have been added after the switch went through the list.
      stream.breakOff();
    }
    return stream;
  }

  @Override
  public List<String> models() {
    return engine.models();
  }

  @Override
  public void close() {
    engine.close();
  }

  private void throwIfDown(int before) throws EngineException {
    if (!up || failures != before) {
      throw EngineException.failed("the engine is switched off");
    }
  }

  private final class Breakable implements EngineStream {
    private final EngineStream stream;
    private volatile boolean broken;

    Breakable(EngineStream stream) {
      this.stream = stream;
    }

    void breakOff() {
      broken = true;
      stream.close();
    }

    @Override
    public Optional<byte[]> next() throws EngineException, InterruptedException {
      Optional<byte[]> next = stream.next();
      if (broken) {
        throw EngineException.failed("the engine is switched off");
      }
      return next;
    }

    @Override
    public void close() {
      running.remove(this);
      stream.close();
    }
  }
}
