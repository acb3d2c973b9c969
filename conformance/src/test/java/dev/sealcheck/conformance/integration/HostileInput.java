package dev.sealcheck.conformance.integration;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** What a body that must be refused does to a weak server: it takes something down with it. */
final class HostileInput implements Tamper, AutoCloseable {

  /** How the server is gone. */
  enum Gone {
    /** Connections are closed from then on, whoever calls. */
    CLOSED_FOR_ALL,
    /** The next connection of the same caller is closed, then all is well. */
    CLOSED_ONCE,
    /** Nothing is answered to the same caller from then on. */
    SILENT
  }

  private static final int BAD_REQUEST = 400;

  private final Gone gone;
  private final Set<String> callers = ConcurrentHashMap.newKeySet();
  private final CountDownLatch end = new CountDownLatch(1);

  HostileInput(Gone gone) {
    this.gone = gone;
  }

  @Override
  public void before(Call call) throws IOException {
    boolean known = gone == Gone.CLOSED_FOR_ALL ? !callers.isEmpty() : has(call);
    if (known) {
      if (gone == Gone.SILENT) {
        awaitEnd();
      }
      throw new IOException("taken down");
    }
  }

  private boolean has(Call call) {
    return gone == Gone.CLOSED_ONCE
        ? callers.remove(call.credentials())
        : callers.contains(call.credentials());
  }

  @Override
  public Reply open(Call call, Reply answer) {
    if (answer.status() == BAD_REQUEST) {
      callers.add(call.credentials());
    }
    return answer;
  }

  private void awaitEnd() throws IOException {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", stopped);
    }
  }

  /** Lets those go who wait for an answer. */
  @Override
  public void close() {
    end.countDown();
  }
}
