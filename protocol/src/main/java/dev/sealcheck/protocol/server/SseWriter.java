package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.time.Timekeeper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes one event stream, docs/PROTOCOL.md section 6: each event is flushed as it comes, silence
 * is filled with comments, and a caller that leaves is noticed at once, also in silence.
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
  private final CallerWatch watch;
  private final AtomicBoolean told = new AtomicBoolean();
  private Timekeeper.Timer timer;
  private long writes;
  private boolean closed;

  /**
   * Sends the head of the stream at once.
   *
   * @param context of a request whose body has been read to its end
   * @param interval after how much silence a comment is sent
   * @param onCallerGone called at most once, on a thread of its own, when the caller has left or a
   *     comment cannot be written. A caller that shuts down its own direction after its request
   *     counts as one that left.
   * @throws IOException if the caller is gone
   */
  public SseWriter(Context context, Duration interval, Runnable onCallerGone) throws IOException {
    this.interval = interval;
    this.time = WireServer.time(context);
    this.writers = WireServer.writers(context);
    this.onCallerGone = onCallerGone;
    context.status(200).contentType("text/event-stream").header("Cache-Control", "no-cache");
    output = context.res().getOutputStream();
    context.res().flushBuffer();
    watch = new CallerWatch(context, writers, this::loseCaller);
    startTimer();
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

  /**
   * Ends the filling of silence and the watch over the caller; the body itself is ended or cut by
   * who owns the request.
   */
  @Override
  public void close() {
    told.set(true);
    watch.close();
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
    writes++;
    if (!closed) {
      startTimer();
    }
  }

  private void startTimer() {
    long last = writes;
    timer = time.after(interval, () -> writers.execute(() -> writeComment(last)));
  }

  private void writeComment(long last) {
    boolean gone = false;
    lock.lock();
    try {
      // Where something was written meanwhile there is no silence to fill.
      if (!closed && writes == last) {
        output.write(KEEP_ALIVE);
        output.flush();
        restartTimer();
      }
    } catch (IOException unwritable) {
      closed = true;
      gone = true;
    } finally {
      lock.unlock();
    }
    if (gone) {
      loseCaller();
    }
  }

  private void loseCaller() {
    if (told.compareAndSet(false, true)) {
      onCallerGone.run();
    }
  }
}
