package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.http.entity.AbstractHttpEntity;

/** A body that counts what the connection has taken of it; it has no media type of its own. */
final class UploadEntity extends AbstractHttpEntity {
  private static final int PIECE_BYTES = 16 << 10;

  private final Bytes unit;
  private final long totalBytes;
  private final AtomicLong taken = new AtomicLong();

  private UploadEntity(Bytes unit, long totalBytes, boolean chunked) {
    this.unit = unit;
    this.totalBytes = totalBytes;
    setChunked(chunked);
  }

  /** Exactly {@code body}, its length said before. */
  static UploadEntity of(Bytes body) {
    return new UploadEntity(body, body.length(), false);
  }

  /** {@code unit} again and again up to {@code totalBytes}, chunked: its length is not said. */
  static UploadEntity endless(Bytes unit, long totalBytes) {
    return new UploadEntity(unit, totalBytes, true);
  }

  /** How many bytes were handed to the connection. */
  long takenBytes() {
    return taken.get();
  }

  @Override
  public void writeTo(OutputStream connection) throws IOException {
    byte[] bytes = unit.toArray();
    while (taken.get() < totalBytes) {
      int at = (int) (taken.get() % bytes.length);
      int length =
          (int) Math.min(Math.min(PIECE_BYTES, bytes.length - at), totalBytes - taken.get());
      connection.write(bytes, at, length);
      taken.addAndGet(length);
    }
  }

  @Override
  public long getContentLength() {
    return isChunked() ? -1 : totalBytes;
  }

  @Override
  public boolean isRepeatable() {
    // Nothing is sent twice.
    return false;
  }

  @Override
  public boolean isStreaming() {
    return taken.get() < totalBytes;
  }

  @Override
  public InputStream getContent() {
    return unit.stream();
  }
}
