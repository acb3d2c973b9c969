package dev.sealcheck.conformance.property;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.JsonWriting;
import dev.sealcheck.conformance.client.StrictJson;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A key of the envelope that stands in it twice.
 *
 * @param key the key
 * @param first whether the second one is put before all others
 * @param alike whether both have one value, else the second is null
 * @param escapedEvery which of its characters are escapes, as in {@link JsonWriting}
 */
record Twice(String key, boolean first, boolean alike, int escapedEvery) {

  static Arbitrary<Twice> any() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return Combinators.combine(
            Arbitraries.of(FieldNames.OF_CHAT),
            either,
            either,
            Arbitraries.integers().between(0, 3))
        .as(Twice::new);
  }

  /** The bytes of the envelope with the key twice. */
  Bytes in(Envelope envelope) {
    JsonNode value = envelope.field(key).orElseThrow();
    ObjectNode single = StrictJson.object();
    single.set(key, alike ? value : single.nullNode());
    String field = inner(new JsonWriting("", escapedEvery).write(single));
    String all = inner(envelope.json());
    return Bytes.utf8("{" + (first ? field + "," + all : all + "," + field) + "}");
  }

  private static String inner(Bytes object) {
    String json = object.toLenientUtf8();
    return json.substring(1, json.length() - 1);
  }

  @Override
  public String toString() {
    return "with %s twice, the second one %s%s%s"
        .formatted(
            key,
            first ? "first" : "last",
            alike ? "" : " and null",
            escapedEvery == 0 ? "" : ", every " + escapedEvery + ". character an escape");
  }
}
