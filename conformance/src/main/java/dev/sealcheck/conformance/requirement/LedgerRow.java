package dev.sealcheck.conformance.requirement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One row as it stands in the file, and the rules it must keep to become a requirement. */
final class LedgerRow {

  private static final Set<String> KEYS =
      Set.of(
          "id",
          "title",
          "statement",
          "level",
          "class",
          "tag",
          "source",
          "role",
          "needs",
          "why",
          "fix",
          "partial",
          "excluded");

  private final JsonNode row;
  private final String name;

  LedgerRow(int number, JsonNode row) {
    this.row = row;
    this.name =
        "row "
            + number
            + (row.path("id").isTextual() ? " (" + row.get("id").textValue() + ")" : "");
    if (!row.isObject()) {
      throw new LedgerException(name + " is not a map of keys");
    }
  }

  Requirement requirement() {
    List<String> unknown =
        row.properties().stream()
            .map(java.util.Map.Entry::getKey)
            .filter(key -> !KEYS.contains(key))
            .toList();
    if (!unknown.isEmpty()) {
      throw wrong(unknown.get(0), "is no key of the ledger");
    }
    String id = text("id");
    if (!Requirement.isId(id)) {
      throw wrong("id", "is not capitals, a hyphen and two digits");
    }
    Optional<String> partial = optionalText("partial");
    Optional<String> excluded = optionalText("excluded");
    if (partial.isPresent() && excluded.isPresent()) {
      throw wrong("partial", "stands beside excluded; a row is one or the other");
    }
    return new Requirement(
        id,
        text("title"),
        text("statement"),
        choice("level", Level.values(), Level::label),
        choice("class", RequirementClass.values(), RequirementClass::label),
        choice("tag", Tag.values(), Tag::label),
        text("source"),
        choice("role", Role.values(), Role::label),
        optionalText("needs"),
        text("why"),
        text("fix"),
        partial,
        excluded);
  }

  private String text(String key) {
    return optionalText(key).orElseThrow(() -> wrong(key, "is missing"));
  }

  private Optional<String> optionalText(String key) {
    JsonNode value = row.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw wrong(key, "is not a text, or is blank");
    }
    return Optional.of(value.textValue().strip().replaceAll("\\s+", " "));
  }

  private <E> E choice(String key, E[] values, Function<E, String> label) {
    String text = text(key);
    return Arrays.stream(values)
        .filter(value -> label.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    key,
                    "is "
                        + text
                        + ", not one of "
                        + Arrays.stream(values).map(label).collect(Collectors.joining(", "))));
  }

  private LedgerException wrong(String key, String rule) {
    return new LedgerException(name + ": key " + key + " " + rule);
  }
}
