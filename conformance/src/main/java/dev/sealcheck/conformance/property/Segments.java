package dev.sealcheck.conformance.property;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.engine.SegmentedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A way to cut an engine's stream into writes.
 *
 * @param texts how many events with text there are
 * @param cuts where writes end, in thousandths of the whole
 * @param comments before which events a comment stands, glued to the event
 * @param inside whether these comments stand inside the event, on the line above its data
 */
record Segments(int texts, List<Integer> cuts, Set<Integer> comments, boolean inside) {

  private static final Bytes COMMENT = Bytes.utf8(": glued\n");
  private static final Bytes BLANK = Bytes.utf8("\n");
  private static final String LETTERS = " \u00e9\u2603\ud834\udd1e\n\ndata: ";

  Segments {
    cuts = List.copyOf(cuts);
    comments = Set.copyOf(comments);
  }

  /** What the engine says, each text different. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < texts; i++) {
      words.add(i + LETTERS.substring(0, 1 + i % (LETTERS.length() - 1)));
    }
    return words;
  }

  /** The engine's behaviour. */
  SegmentedStream stream() {
    return new SegmentedStream(words(), this::writes);
  }

  private List<Bytes> writes(List<Bytes> events) {
    Bytes all = glued(events);
    TreeSet<Integer> ends = new TreeSet<>(Set.of(all.length()));
    cuts.forEach(cut -> ends.add(Math.max(1, (int) ((long) all.length() * cut / 1_000))));
    List<Bytes> writes = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      writes.add(all.slice(from, end));
      from = end;
    }
    return writes;
  }

  private Bytes glued(List<Bytes> events) {
    List<Bytes> parts = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (comments.contains(i)) {
        parts.add(inside ? COMMENT : Bytes.concat(COMMENT, BLANK));
      }
      parts.add(events.get(i));
    }
    return Bytes.concat(parts.toArray(Bytes[]::new));
  }

  @Override
  public String toString() {
    return texts
        + " texts, cut at "
        + new TreeSet<>(cuts)
        + " thousandths, comments "
        + (inside ? "inside" : "before")
        + " events "
        + new TreeSet<>(comments);
  }
}
