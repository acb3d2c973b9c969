package dev.sealcheck.proxy.relay;

import dev.sealcheck.protocol.time.Timekeeper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A node's body that is closed when a read brings nothing, not even a comment, for too long. */
final class WatchedInput extends FilterInputStream {

  private final Timekeeper time;
  private final Duration idle;

  WatchedInput(InputStream body, Timekeeper time, Duration idle) {
    super(body);
    this.time = time;
    this.idle = idle;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Timekeeper.Timer timer = time.after(idle, this::closeQuietly);
    try {
      return super.read(target, offset, length);
    } finally {
      timer.cancel();
    }
  }

  /** Ends a read that blocks in another thread; the read itself reports what went wrong. */
  void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      // There is nobody left to tell.
    }
  }
}
