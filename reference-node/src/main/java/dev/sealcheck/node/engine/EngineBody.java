package dev.sealcheck.node.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The body of an engine's answer as it is read: one delivery of the HTTP client at a time is asked
 * for, so that an unread body stays with the engine but for some hundred KiB. One thread reads, any
 * may close. (The stream that the JDK offers for this does not wake for an interrupt before 20.)
 */
final class EngineBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

  private static final List<ByteBuffer> END = List.of(ByteBuffer.allocate(0));

  /** Holds one delivery at most, and the end behind it. */
  private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();

  private volatile Flow.Subscription subscription;
  private volatile Throwable failure;
  private volatile boolean closed;
  private Iterator<ByteBuffer> rest = Collections.emptyIterator();
  private ByteBuffer current = ByteBuffer.allocate(0);
  private boolean complete;

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription delivering) {
    subscription = delivering;
    if (closed) {
      delivering.cancel();
    } else {
      delivering.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> delivery) {
    arrived.add(delivery);
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    arrived.add(END);
  }

  @Override
  public void onComplete() {
    arrived.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  /**
   * Blocks until there is something to read.
   *
   * @throws InterruptedIOException if the thread is interrupted, which it then still is
   * @throws IOException if the body breaks off or was closed
   */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!current.hasRemaining()) {
      if (!advance()) {
        return -1;
      }
    }
    int read = Math.min(length, current.remaining());
    current.get(target, offset, read);
    return read;
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription delivering = subscription;
    if (delivering != null) {
      delivering.cancel();
    }
    arrived.add(END);
  }

  /** Goes to the next buffer; false at the clean end. */
  private boolean advance() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    if (rest.hasNext()) {
      current = rest.next();
      return true;
    }
    if (complete) {
      return false;
    }
    List<ByteBuffer> delivery = take();
    if (closed) {
      throw new IOException("closed");
    }
    if (delivery != END) {
      rest = delivery.iterator();
      subscription.request(1);
      return true;
    }
    if (failure != null) {
      throw new IOException("the body broke off", failure);
    }
    complete = true;
    return false;
  }

  private List<ByteBuffer> take() throws IOException {
    try {
      return arrived.take();
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
