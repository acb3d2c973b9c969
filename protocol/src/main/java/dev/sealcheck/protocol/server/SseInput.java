package dev.sealcheck.protocol.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads an event stream from a peer server, however its bytes are cut into reads; WHATWG HTML
 * section 9.2.6. Only data and type of events are kept; comments and other fields are passed over.
 * For one thread.
 */
public final class SseInput {

  private static final int BUFFER_SIZE_IN_BYTES = 16 * 1024;
  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream input;
  private final int maxEventBytes;
  private final byte[] buffer = new byte[BUFFER_SIZE_IN_BYTES];
  private int position;
  private int limit;
  private String eventType = "";
  private boolean firstLine = true;
  private boolean skipLineFeed;

  /**
   * Reads events of at most {@code maxEventBytes} each, fields, comments and blank line included.
   */
  public SseInput(InputStream input, int maxEventBytes) {
    this.input = input;
    this.maxEventBytes = maxEventBytes;
  }

  /**
   * The data of the next event; empty at a clean end.
   *
   * @throws EOFException if the stream ends within an event
   * @throws IOException if it cannot be read, or an event is too large
   */
  public Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    boolean hasData = false;
    int budget = maxEventBytes;
    eventType = "";
    while (true) {
      byte[] line = line(budget);
      if (line == null) {
        if (hasData) {
          throw new EOFException("the stream ended within an event");
        }
        return Optional.empty();
      }
      budget -= line.length;
      if (line.length == 0) {
        if (hasData) {
          return Optional.of(data.toByteArray());
        }
        budget = maxEventBytes;
        eventType = "";
      } else if (isField(DATA, line)) {
        if (hasData) {
          data.write('\n');
        }
        hasData = true;
        int start = valueStart(DATA, line);
        data.write(line, start, line.length - start);
      } else if (isField(EVENT, line)) {
        int start = valueStart(EVENT, line);
        eventType = new String(line, start, line.length - start, StandardCharsets.UTF_8);
      } else if (line[0] == ':' && !hasData) {
        budget = maxEventBytes;
      }
    }
  }

  /** The type of the event that {@link #next} returned last; empty where it had none. */
  public String eventType() {
    return eventType;
  }

  private static boolean isField(byte[] name, byte[] line) {
    return line.length >= name.length
        && Arrays.equals(line, 0, name.length, name, 0, name.length)
        && (line.length == name.length || line[name.length] == ':');
  }

  private static int valueStart(byte[] name, byte[] line) {
    int colon = name.length;
    boolean space = line.length > colon + 1 && line[colon + 1] == ' ';
    return Math.min(colon + (space ? 2 : 1), line.length);
  }

  /** One line without its end, or null where the stream has ended without another byte. */
  private byte[] line(int budget) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int b = read();
      if (b < 0) {
        if (line.size() > 0) {
          throw new EOFException("the stream ended within a line");
        }
        return null;
      }
      if (skipLineFeed) {
        skipLineFeed = false;
        if (b == '\n') {
          continue;
        }
      }
      if (b == '\n' || b == '\r') {
        skipLineFeed = b == '\r';
        return withoutBom(line.toByteArray());
      }
      line.write(b);
      if (line.size() > budget) {
        throw new IOException("an event is larger than " + maxEventBytes + " bytes");
      }
    }
  }

  private byte[] withoutBom(byte[] line) {
    boolean first = firstLine;
    firstLine = false;
    if (first
        && line.length >= BOM.length
        && Arrays.equals(line, 0, BOM.length, BOM, 0, BOM.length)) {
      return Arrays.copyOfRange(line, BOM.length, line.length);
    }
    return line;
  }

  private int read() throws IOException {
    if (position == limit) {
      limit = input.read(buffer);
      position = 0;
      if (limit <= 0) {
        limit = 0;
        return -1;
      }
    }
    return buffer[position++] & 0xff;
  }
}
