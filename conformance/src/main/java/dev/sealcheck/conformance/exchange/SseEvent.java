package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import java.util.List;

/**
 * The field lines up to a blank line, whatever they are: also a block that a browser would not
 * dispatch.
 *
 * @param fields in order, at least one
 * @param raw the bytes of the block, comments in it and the blank line included
 * @param arrivalNanos when the blank line had arrived
 */
public record SseEvent(List<SseField> fields, Bytes raw, long arrivalNanos) {
  /** Copies the list. */
  public SseEvent {
    fields = List.copyOf(fields);
  }

  /** Whether this is exactly one data line and nothing else (docs/PROTOCOL.md section 6). */
  public boolean isOneDataLine() {
    return fields.size() == 1 && fields.get(0).name().equals(SseField.DATA);
  }

  /** Whether any line has that field name. */
  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equals(name));
  }

  /** The values of the data lines, joined by line feeds; empty where there is none. */
  public Bytes data() {
    List<Bytes> values =
        fields.stream().filter(f -> f.name().equals(SseField.DATA)).map(SseField::value).toList();
    Bytes joined = values.isEmpty() ? Bytes.empty() : values.get(0);
    for (Bytes value : values.subList(Math.min(1, values.size()), values.size())) {
      joined = Bytes.concat(joined, Bytes.utf8("\n"), value);
    }
    return joined;
  }
}
