package dev.sealcheck.conformance.property;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A field of the envelope with a value of another JSON type.
 *
 * @param json the value as it is written
 */
record WrongField(String name, String json) {

  /** Any field with any value but of its own type. */
  static Arbitrary<WrongField> any() {
    Arbitrary<String> numbers = Arbitraries.longs().map(String::valueOf).injectDuplicates(0.1);
    Arbitrary<String> fractions =
        Arbitraries.doubles().between(-1e9, 1e9).map(number -> Double.toString(number));
    Arbitrary<String> booleans = Arbitraries.of("true", "false");
    Arbitrary<String> texts =
        Arbitraries.strings().alpha().numeric().ofMaxLength(12).map(text -> '"' + text + '"');
    Arbitrary<String> leaves =
        Arbitraries.oneOf(Arbitraries.just("null"), booleans, numbers, fractions, texts);
    Arbitrary<String> lists =
        leaves.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]");
    Arbitrary<String> objects = leaves.map(value -> "{\"value\":" + value + "}");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.just("null"), booleans, numbers, fractions, texts, lists, objects);
    return Combinators.combine(Arbitraries.of(FieldNames.OF_CHAT), values)
        .as(WrongField::new)
        .filter(WrongField::isOfAnotherType);
  }

  private boolean isOfAnotherType() {
    JsonNode value = value();
    return switch (name) {
      case "stack_small_id" -> !value.isIntegralNumber();
      case "stream" -> !value.isBoolean();
      default -> !value.isTextual();
    };
  }

  /** The value. */
  JsonNode value() {
    return StrictJson.parse(Bytes.utf8(json));
  }

  @Override
  public String toString() {
    return "with " + json + " for " + name;
  }
}
