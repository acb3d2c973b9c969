package dev.sealcheck.node.engine;

import dev.sealcheck.protocol.time.Timekeeper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to an engine, from its slot to the last byte of the answer. One thread reads, any may
 * close; closing before the end closes the connection too, so that the engine sees it.
 */
final class EngineCall implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EngineCall.class);

  private static final String CLOSED = "the call was closed before its end";
  private static final String LATE = "the engine sent no head in time";
  private static final String SILENT = "the engine fell silent in its answer";

  private final CompletableFuture<HttpResponse<InputStream>> head;
  private final EngineLimits limits;
  private final Timekeeper time;
  private final Slots.Slot slot;
  private final AtomicReference<String> ending = new AtomicReference<>();

  /** Follows the request that {@code head} stands for, and gives {@code slot} back at its end. */
  EngineCall(
      CompletableFuture<HttpResponse<InputStream>> head,
      EngineLimits limits,
      Timekeeper time,
      Slots.Slot slot) {
    this.head = head;
    this.limits = limits;
    this.time = time;
    this.slot = slot;
  }

  /**
   * Waits until the engine has agreed to answer.
   *
   * @throws EngineException if it refuses, fails, or takes too long
   */
  HttpResponse<InputStream> head() throws EngineException, InterruptedException {
    Timekeeper.Timer timer = time.after(limits.firstByte(), () -> end(LATE));
    try {
      HttpResponse<InputStream> response = head.get();
      EngineRefusal.check(response);
      return response;
    } catch (ExecutionException broken) {
      throw failure(broken.getCause());
    } catch (CancellationException cancelled) {
      throw failure(cancelled);
    } finally {
      timer.cancel();
    }
  }

  /** The body of the answer, once {@link #head} has returned; each read has the idle limit. */
  InputStream body() {
    return new LimitedBody(head.join().body());
  }

  /** Whether this call is over, whichever way. */
  boolean ended() {
    return ending.get() != null;
  }

  /**
   * Ends the call and says why it failed.
   *
   * @param cause what was thrown; its message can quote the engine, so only its kind is kept
   * @throws InterruptedException if it was thrown because the thread was interrupted
   */
  EngineException failure(Throwable cause) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    end("the connection to the engine broke: " + cause.getClass().getSimpleName());
    if (interrupted) {
      throw new InterruptedException();
    }
    String reason = ending.get();
    log.atWarn().addKeyValue("reason", reason).log("engine call failed");
    return EngineException.failed(reason);
  }

  @Override
  public void close() {
    end(CLOSED);
  }

  private void end(String reason) {
    if (!ending.compareAndSet(null, reason)) {
      return;
    }
    try {
      if (!head.cancel(true) && !head.isCompletedExceptionally()) {
        head.join().body().close();
      }
    } catch (IOException alreadyBroken) {
      log.atDebug().addKeyValue("kind", alreadyBroken.getClass().getName()).log("not closed");
    } finally {
      slot.close();
    }
  }

  private final class LimitedBody extends InputStream {

    private final InputStream body;

    LimitedBody(InputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Timekeeper.Timer timer = time.after(limits.idle(), () -> end(SILENT));
      try {
        return body.read(target, offset, length);
      } finally {
        timer.cancel();
      }
    }
  }
}
