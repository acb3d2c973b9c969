package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import java.util.Iterator;
import java.util.Optional;

/** Usage that is an engine's failure (docs/PROTOCOL.md section 8, Charge). */
public enum OddUsage {
  /** No usage at all; in a stream, no chunk for it. */
  ABSENT(""),
  /** JSON null. */
  NULL("null"),
  /** A text in the place of the object. */
  NO_OBJECT("\"42\""),
  /** An object with none of the numbers. */
  EMPTY("{}"),
  /** All numbers are -1. */
  NEGATIVE("-1"),
  /** All numbers are 1.5. */
  FRACTIONAL("1.5"),
  /** All numbers are the text 5. */
  TEXTUAL("\"5\""),
  /** All numbers are 10^18, written as an integer. */
  ABSURD("1000000000000000000");

  /** JSON of the whole, or of each number in it; empty for nothing. */
  private final String json;

  OddUsage(String json) {
    this.json = json;
  }

  /** What stands in the place of {@code good}; empty for nothing. */
  Optional<JsonNode> inPlaceOf(ObjectNode good) {
    return switch (this) {
      case ABSENT -> Optional.empty();
      case NULL, NO_OBJECT, EMPTY -> Optional.of(value());
      case NEGATIVE, FRACTIONAL, TEXTUAL, ABSURD -> {
        ObjectNode odd = StrictJson.object();
        for (Iterator<String> names = good.fieldNames(); names.hasNext(); ) {
          odd.set(names.next(), value());
        }
        yield Optional.of(odd);
      }
    };
  }

  private JsonNode value() {
    return StrictJson.parse(Bytes.utf8(json));
  }
}
