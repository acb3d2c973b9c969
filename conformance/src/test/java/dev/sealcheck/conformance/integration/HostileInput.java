package dev.sealcheck.conformance.integration;

import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** What a body that is no envelope does to a weak server: it takes something down with it. */
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

  private final Gone gone;
  private final Set<String> callers = ConcurrentHashMap.newKeySet();
  private final CountDownLatch end = new CountDownLatch(1);

  HostileInput(Gone gone) {
    this.gone = gone;
  }

  @Override
  public void before(Call call) throws IOException {
    boolean known = gone == Gone.CLOSED_FOR_ALL ? !callers.isEmpty() : has(call);
    if (call.isChat() && isHostile(call)) {
      callers.add(call.credentials());
    } else if (known) {
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

  private static boolean isHostile(Call call) {
    try {
      return !StrictJson.parseObject(call.body()).has("ciphertext");
    } catch (MalformedAnswer notJson) {
      return true;
    }
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
