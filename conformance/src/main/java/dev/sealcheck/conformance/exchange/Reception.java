package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** What has come back on one call so far; written by the receiving thread, read by any. */
final class Reception {
  private final int capBytes;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status;
  private HttpHeaders headers;
  private long headNanos;
  private boolean truncated;

  Reception(int capBytes) {
    this.capBytes = capBytes;
  }

  synchronized void head(int status, HttpHeaders headers, long nanos) {
    this.status = status;
    this.headers = headers;
    this.headNanos = nanos;
  }

  /** Keeps what fits under the cap; false once something did not. */
  synchronized boolean append(byte[] chunk, int length) {
    int kept = Math.min(length, capBytes - body.size());
    body.write(chunk, 0, kept);
    truncated |= kept < length;
    return !truncated;
  }

  synchronized boolean hasHead() {
    return headers != null;
  }

  synchronized Exchange snapshot(
      HttpCall call, Optional<ExchangeFailure> failure, long startNanos, long endNanos) {
    Optional<HttpAnswer> answer =
        headers == null
            ? Optional.empty()
            : Optional.of(
                new HttpAnswer(status, headers, Bytes.owning(body.toByteArray()), truncated));
    OptionalLong head = headers == null ? OptionalLong.empty() : OptionalLong.of(headNanos);
    return new Exchange(call, answer, failure, startNanos, head, endNanos);
  }

  /** The bytes kept, for handing on. */
  synchronized byte[] bodyBytes() {
    return body.toByteArray();
  }
}
