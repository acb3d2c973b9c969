package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads server-sent events from bytes cut anywhere (WHATWG HTML section 9.2.5): lines end with LF,
 * CRLF or CR, a BOM at the start is noted and skipped. A CR ends its line at once; the LF of a CRLF
 * is then skipped. Not safe for many threads.
 */
public final class SseReader {
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private final List<SseField> fields = new ArrayList<>();
  private final List<SseComment> comments = new ArrayList<>();
  private int eventCount;
  private int bomMatched;
  private boolean atStart = true;
  private boolean bom;
  private boolean afterCr;

  /** The events that {@code chunk} completes, in order. */
  public List<SseEvent> feed(Bytes chunk, long arrivalNanos) {
    List<SseEvent> completed = new ArrayList<>();
    for (int i = 0; i < chunk.length(); i++) {
      take((byte) chunk.at(i), arrivalNanos, completed);
    }
    return completed;
  }

  /** The comment lines so far. */
  public List<SseComment> comments() {
    return List.copyOf(comments);
  }

  /** Whether the stream began with a BOM. */
  public boolean hasBom() {
    return bom;
  }

  /** What belongs to no finished event: a line without its end, fields without a blank line. */
  public Bytes leftover() {
    return Bytes.owning(block.toByteArray());
  }

  private void take(byte next, long nanos, List<SseEvent> completed) {
    if (atStart && mayBeBom(next)) {
      return;
    }
    boolean lineFeedOfCrLf = afterCr && next == '\n';
    afterCr = next == '\r';
    if (lineFeedOfCrLf) {
      return;
    }
    block.write(next);
    if (next == '\n' || next == '\r') {
      endLine(nanos, completed);
    } else {
      line.write(next);
    }
  }

  /** Holds back the first three bytes as long as they are those of a BOM. */
  private boolean mayBeBom(byte next) {
    if (next == BOM[bomMatched]) {
      bomMatched++;
      if (bomMatched == BOM.length) {
        bom = true;
        atStart = false;
      }
      return true;
    }
    atStart = false;
    line.write(BOM, 0, bomMatched);
    block.write(BOM, 0, bomMatched);
    return false;
  }

  private void endLine(long nanos, List<SseEvent> completed) {
    byte[] content = line.toByteArray();
    line.reset();
    if (content.length == 0) {
      if (!fields.isEmpty()) {
        completed.add(new SseEvent(fields, leftover(), nanos));
        eventCount++;
      }
      fields.clear();
    } else if (content[0] == ':') {
      comments.add(new SseComment(text(content, 1, content.length), nanos, eventCount));
    } else {
      fields.add(field(content));
    }
    if (fields.isEmpty()) {
      block.reset();
    }
  }

  private static SseField field(byte[] line) {
    int colon = 0;
    while (colon < line.length && line[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, line.length);
    if (value < line.length && line[value] == ' ') {
      value++;
    }
    return new SseField(text(line, 0, colon), Bytes.of(line).slice(value, line.length));
  }

  private static String text(byte[] line, int from, int to) {
    return new String(line, from, to - from, StandardCharsets.UTF_8);
  }
}
