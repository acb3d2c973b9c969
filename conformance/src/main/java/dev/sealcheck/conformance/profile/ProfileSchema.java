package dev.sealcheck.conformance.profile;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The closed schema of a profile, and its errors in the words of a profile's author. */
final class ProfileSchema {

  private static final String RESOURCE = "profile.schema.json";

  private final JsonNode text;
  private final Schema schema;

  private ProfileSchema(JsonNode text) {
    this.text = text;
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
  }

  /** The schema that the suite carries. */
  static ProfileSchema load() {
    try (InputStream json = ProfileSchema.class.getResourceAsStream(RESOURCE)) {
      if (json == null) {
        throw new IllegalStateException("the suite lacks " + RESOURCE);
      }
      return new ProfileSchema(new ObjectMapper().readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException("the suite's " + RESOURCE + " cannot be read", e);
    }
  }

  /** A line for each error, in the order of the keys' paths; none where the profile is valid. */
  List<String> errors(JsonNode profile) {
    return schema.validate(profile).stream()
        .map(error -> line(profile, error))
        .distinct()
        .sorted()
        .toList();
  }

  private String line(JsonNode profile, Error error) {
    String path = path(profile, error.getInstanceLocation().toString());
    if (error.getKeyword().equals("additionalProperties")) {
      return under(path, error.getProperty()) + ": there is no such key";
    }
    if (error.getKeyword().equals("required")) {
      return under(path, error.getProperty()) + ": is missing";
    }
    return (path.isEmpty() ? "the profile" : path) + ": " + rule(error);
  }

  /** The rule that was broken, without the value that breaks it. */
  private String rule(Error error) {
    JsonNode limit = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "type" -> "must be " + kind(limit.asText());
      case "enum" -> "must be one of " + String.join(", ", words(limit));
      case "pattern" -> "must be " + description(error);
      case "propertyNames" -> "each key must be " + limit.path("description").asText();
      case "minimum" -> "must be " + limit.asText() + " or more";
      case "exclusiveMinimum" -> "must be more than " + limit.asText();
      case "maximum" -> "must be " + limit.asText() + " or less";
      case "minItems" -> "must have an entry";
      case "maxItems" -> "must have at most " + limit.asText() + " entries";
      case "maxLength" -> "must have at most " + limit.asText() + " characters";
      case "uniqueItems" -> "has an entry twice";
      default -> throw new IllegalStateException("no words for the keyword " + error.getKeyword());
    };
  }

  private static String kind(String type) {
    return switch (type) {
      case "object" -> "a map of keys";
      case "array" -> "a list";
      case "string" -> "a text; put it in quotes where it looks like a number";
      case "integer" -> "a whole number";
      default -> "a " + type;
    };
  }

  /** What stands beside the pattern in the schema. */
  private String description(Error error) {
    String location = error.getSchemaLocation().toString();
    JsonPointer keyword = JsonPointer.compile(location.substring(location.indexOf('#') + 1));
    return text.at(keyword.head()).path("description").asText();
  }

  private static List<String> words(JsonNode list) {
    return java.util.stream.StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  /** {@code /users/tokens/0} as users.tokens[0]. */
  private static String path(JsonNode profile, String pointer) {
    String path = "";
    JsonNode at = profile;
    for (JsonPointer rest = JsonPointer.compile(pointer); !rest.matches(); rest = rest.tail()) {
      path =
          at.isArray()
              ? path + "[" + rest.getMatchingIndex() + "]"
              : under(path, rest.getMatchingProperty());
      at = at.isArray() ? at.path(rest.getMatchingIndex()) : at.path(rest.getMatchingProperty());
    }
    return path;
  }

  private static String under(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
