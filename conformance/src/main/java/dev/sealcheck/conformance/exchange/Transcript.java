package dev.sealcheck.conformance.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * All exchanges of one scenario in the order they began to be known, streams included; safe for
 * many threads, bounded: the oldest bodies go first, then the oldest exchanges.
 */
public final class Transcript implements AutoCloseable {
  private static final long DEFAULT_MAX_BODY_BYTES = 64L << 20;
  private static final int DEFAULT_MAX_EXCHANGES = 5_000;

  private final long maxBodyBytes;
  private final int maxExchanges;
  private final List<Entry> entries = new ArrayList<>();
  private long heldBytes;
  private long dropped;

  /** A transcript of at most 5,000 exchanges and 64 MiB of bodies. */
  public Transcript() {
    this(DEFAULT_MAX_EXCHANGES, DEFAULT_MAX_BODY_BYTES);
  }

  /**
   * A transcript with other bounds.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  public Transcript(int maxExchanges, long maxBodyBytes) {
    if (maxExchanges < 1 || maxBodyBytes < 1) {
      throw new IllegalArgumentException(
          "bounds " + maxExchanges + ", " + maxBodyBytes + ": 1 or more allowed");
    }
    this.maxExchanges = maxExchanges;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** What has been recorded; a stream still open appears as far as it has come. */
  public synchronized List<Exchange> exchanges() {
    return entries.stream().map(Entry::exchange).toList();
  }

  /** The streams recorded that are still open. */
  public synchronized List<StreamExchange> openStreams() {
    return entries.stream().filter(e -> e.stream != null).map(e -> e.stream).toList();
  }

  /** How many exchanges were forgotten because there were too many. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Closes every stream that the scenario left open. */
  @Override
  public void close() {
    openStreams().forEach(StreamExchange::close);
  }

  synchronized void add(Exchange exchange) {
    append(new Entry(exchange, null));
    heldBytes += exchange.weightBytes();
    trim();
  }

  synchronized void opened(StreamExchange stream) {
    append(new Entry(null, stream));
  }

  /** Replaces a stream by its final record. */
  synchronized void ended(StreamExchange stream, Exchange record) {
    for (Entry entry : entries) {
      if (entry.stream == stream) {
        entry.done = record;
        entry.stream = null;
        heldBytes += record.weightBytes();
        trim();
        return;
      }
    }
  }

  private void append(Entry entry) {
    if (entries.size() == maxExchanges) {
      Entry oldest = entries.remove(0);
      heldBytes -= oldest.done == null ? 0 : oldest.done.weightBytes();
      dropped++;
    }
    entries.add(entry);
  }

  private void trim() {
    for (Entry entry : entries) {
      if (heldBytes <= maxBodyBytes) {
        return;
      }
      if (entry.done != null) {
        heldBytes -= entry.done.weightBytes();
        entry.done = entry.done.withoutBodies();
      }
    }
  }

  /** Either a finished exchange or a stream still open. */
  private static final class Entry {
    private Exchange done;
    private StreamExchange stream;

    Entry(Exchange done, StreamExchange stream) {
      this.done = done;
      this.stream = stream;
    }

    Exchange exchange() {
      return done == null ? stream.snapshot() : done;
    }
  }
}
