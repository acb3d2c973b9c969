package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.NotRun;
import java.net.URI;
import java.util.Optional;

/**
 * The door of this package: sends calls and opens streams, each exactly once, and records all of
 * them. Safe for many threads. One messenger lives as long as a run; each scenario takes a view
 * that records to its own transcript.
 */
public final class Messenger implements AutoCloseable {
  /** How much of a body is taken where nothing else is said. */
  public static final int DEFAULT_BODY_CAP_BYTES = 16 << 20;

  static final String USER_AGENT = "sealcheck";

  private final SuiteClock clock;
  private final PlainSender plain;
  private final StreamSender streams;
  private final int bodyCapBytes;
  private final Optional<Transcript> transcript;

  /** A messenger with connections of its own, recording nowhere. */
  public Messenger(SuiteClock clock) {
    this(
        clock,
        new PlainSender(clock),
        new StreamSender(clock),
        DEFAULT_BODY_CAP_BYTES,
        Optional.empty());
  }

  private Messenger(
      SuiteClock clock,
      PlainSender plain,
      StreamSender streams,
      int bodyCapBytes,
      Optional<Transcript> transcript) {
    this.clock = clock;
    this.plain = plain;
    this.streams = streams;
    this.bodyCapBytes = bodyCapBytes;
    this.transcript = transcript;
  }

  /** A view on the same connections that records everything it sends. */
  public Messenger recordingTo(Transcript scenario) {
    return new Messenger(clock, plain, streams, bodyCapBytes, Optional.of(scenario));
  }

  /**
   * A view that takes at most this much of a body; the rest is cut and the answer marked.
   *
   * @throws IllegalArgumentException if {@code bytes} is less than 1
   */
  public Messenger withBodyCap(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("body cap " + bytes + ": 1 or more allowed");
    }
    return new Messenger(clock, plain, streams, bytes, transcript);
  }

  /**
   * Sends a call by REST Assured and takes the whole answer, whatever its status. A connection that
   * fails or breaks is a recorded failure, not an exception.
   *
   * @throws dev.sealcheck.conformance.verdict.Hung if the answer has not ended at the deadline; the
   *     connection is cut and what came is in the transcript
   * @throws NotRun if the thread is interrupted
   */
  public Exchange send(HttpCall call, Deadline deadline) {
    return send(call, call.body().map(UploadEntity::of).orElse(null), deadline);
  }

  /**
   * Sends a body whose length is not said: the call's, again and again, chunked, up to {@code
   * maxBytes}; otherwise as {@link #send}. An answer that comes before the body has been taken is
   * the answer.
   *
   * @return how much of the body the connection took, buffers on the way included, and the exchange
   * @throws IllegalArgumentException if the call has no body to repeat
   */
  public EndlessUpload sendEndless(HttpCall call, long maxBytes, Deadline deadline) {
    Bytes unit =
        call.body()
            .filter(body -> !body.isEmpty())
            .orElseThrow(() -> new IllegalArgumentException("no body to repeat"));
    UploadEntity upload = UploadEntity.endless(unit, maxBytes);
    Exchange exchange = send(call, upload, deadline);
    return new EndlessUpload(exchange, upload.takenBytes());
  }

  private Exchange send(HttpCall call, UploadEntity upload, Deadline deadline) {
    Exchange exchange;
    try {
      exchange = plain.send(call, upload, deadline, bodyCapBytes);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NotRun("the run was interrupted");
    }
    transcript.ifPresent(record -> record.add(exchange));
    if (exchange.failure().filter(f -> f.kind() == ExchangeFailure.Kind.TIMEOUT).isPresent()) {
      throw deadline.hung("the answer to " + call.method() + " " + call.uri().getPath());
    }
    return exchange;
  }

  /**
   * Sends a call by the JDK's client and hands back the stream at once, before any answer; the
   * caller closes it. Headers that HTTP itself sets (Host, Content-Length, Connection) are refused.
   *
   * @param deadline of the whole stream, where a wait names none of its own
   * @throws IllegalArgumentException if the call names a header that this sender sets
   */
  public StreamExchange open(HttpCall call, Deadline deadline) {
    return streams.open(call, deadline, bodyCapBytes, transcript);
  }

  /**
   * A connection to the target's address for requests that no HTTP client would send; the caller
   * closes it.
   *
   * @throws dev.sealcheck.conformance.verdict.CheckFailed if nobody takes the connection
   */
  public RawConnection connect(URI uri) {
    return RawConnection.open(
        uri, clock, exchange -> transcript.ifPresent(record -> record.add(exchange)));
  }

  /** The clock of all times recorded. */
  public SuiteClock clock() {
    return clock;
  }

  /** Closes the connections of this messenger and of all its views. */
  @Override
  public void close() {
    plain.close();
    streams.close();
  }
}
