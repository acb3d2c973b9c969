package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.time.Timekeeper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes one event stream, docs/PROTOCOL.md section 6: each event is flushed as it comes, silence
 * is filled with comments, and a caller that is gone is reported at the next write of either kind.
 */
public final class SseWriter implements AutoCloseable {

  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_OF_EVENT = "\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream output;
  private final Duration interval;
  private final Timekeeper time;
  private final Executor writers;
  private final Runnable onCallerGone;
  private final ReentrantLock lock = new ReentrantLock();
  private Timekeeper.Timer timer;
  private boolean closed;

  /**
   * Sends the head of the stream at once.
   *
   * @param interval after how much silence a comment is sent
   * @param writers runs the writing of comments, which may block on a slow reader
   * @param onCallerGone called once from such a thread when a comment cannot be written
   * @throws IOException if the caller is gone
   */
  public SseWriter(
      Context context, Duration interval, Timekeeper time, Executor writers, Runnable onCallerGone)
      throws IOException {
    this.interval = interval;
    this.time = time;
    this.writers = writers;
    this.onCallerGone = onCallerGone;
    context.status(200).contentType("text/event-stream").header("Cache-Control", "no-cache");
    output = context.res().getOutputStream();
    context.res().flushBuffer();
    timer = time.after(interval, this::fillSilence);
  }

  /**
   * Writes one event whose data is {@code json}, which must be on one line, and flushes it.
   *
   * @throws IOException if the caller is gone
   */
  public void event(byte[] json) throws IOException {
    lock.lock();
    try {
      output.write(DATA);
      output.write(json);
      output.write(END_OF_EVENT);
      output.flush();
      restartTimer();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the filling of silence; the body itself is ended or cut by who owns the request. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      timer.cancel();
    } finally {
      lock.unlock();
    }
  }

  private void restartTimer() {
    timer.cancel();
    if (!closed) {
      timer = time.after(interval, this::fillSilence);
    }
  }

  private void fillSilence() {
    writers.execute(this::writeComment);
  }

  private void writeComment() {
    // Whoever holds the lock is writing, so there is no silence to fill.
    if (!lock.tryLock()) {
      return;
    }
    try {
      if (!closed) {
        output.write(KEEP_ALIVE);
        output.flush();
        restartTimer();
      }
    } catch (IOException callerGone) {
      closed = true;
      onCallerGone.run();
    } finally {
      lock.unlock();
    }
  }
}
