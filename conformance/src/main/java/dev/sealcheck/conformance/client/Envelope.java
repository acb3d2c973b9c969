package dev.sealcheck.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The outer JSON of a confidential request as an ordered map of fields, changed by copy. It checks
 * nothing: a wrong envelope is what many checks send.
 */
public final class Envelope {
  private final Map<String, JsonNode> fields;
  // Sent instead of the fields where it is not null.
  private final Bytes raw;

  private Envelope(Map<String, JsonNode> fields, Bytes raw) {
    this.fields = Collections.unmodifiableMap(fields);
    this.raw = raw;
  }

  /** An envelope with the fields of {@code object}, in their order. */
  public static Envelope of(ObjectNode object) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue().deepCopy()));
    return new Envelope(fields, null);
  }

  /** The names of the fields in their order. */
  public List<String> names() {
    return List.copyOf(fields.keySet());
  }

  /** A copy of the value under {@code name}. */
  public Optional<JsonNode> field(String name) {
    return Optional.ofNullable(fields.get(name)).map(JsonNode::deepCopy);
  }

  /**
   * The bytes of a base64 field.
   *
   * @throws IllegalArgumentException if there is no such field or it is not base64 text
   */
  public Bytes decoded(String name) {
    JsonNode value = fields.get(name);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("no text field " + name + " in " + fields.keySet());
    }
    try {
      return Base64Text.decode(name, value.textValue());
    } catch (MalformedAnswer notBase64) {
      throw new IllegalArgumentException(name + " is not base64 in this envelope", notBase64);
    }
  }

  /** A copy with {@code name} set, at its old place or at the end. */
  public Envelope with(String name, JsonNode value) {
    Map<String, JsonNode> changed = changeable();
    changed.put(name, value.deepCopy());
    return new Envelope(changed, null);
  }

  /** A copy with {@code name} set to a string. */
  public Envelope with(String name, String text) {
    return with(name, TextNode.valueOf(text));
  }

  /** A copy with {@code name} set to the base64 of {@code value}. */
  public Envelope with(String name, Bytes value) {
    return with(name, Base64Text.encode(value));
  }

  /**
   * A copy without {@code name}.
   *
   * @throws IllegalArgumentException if there is no such field: nothing would have been tested
   */
  public Envelope without(String name) {
    Map<String, JsonNode> changed = changeable();
    if (changed.remove(name) == null) {
      throw new IllegalArgumentException("no field " + name + " in " + fields.keySet());
    }
    return new Envelope(changed, null);
  }

  /**
   * A copy in which the bytes of a base64 field went through {@code change}.
   *
   * @throws IllegalArgumentException if there is no such field or it is not base64 text
   */
  public Envelope mapped(String name, UnaryOperator<Bytes> change) {
    return with(name, change.apply(decoded(name)));
  }

  /**
   * A copy with one bit of the bytes of a base64 field changed; bits count as in {@link
   * Bytes#flippedBit}.
   *
   * @throws IllegalArgumentException if there is no such field or bit
   */
  public Envelope flippedBit(String name, int bitIndex) {
    return mapped(name, bytes -> bytes.flippedBit(bitIndex));
  }

  /**
   * A copy with the fields in another order.
   *
   * @throws IllegalArgumentException if {@code order} does not name every field once
   */
  public Envelope inOrder(List<String> order) {
    Map<String, JsonNode> changed = changeable();
    if (order.size() != changed.size() || !new HashSet<>(order).equals(changed.keySet())) {
      throw new IllegalArgumentException("order " + order + " of fields " + changed.keySet());
    }
    Map<String, JsonNode> ordered = new LinkedHashMap<>();
    new ArrayList<>(order).forEach(name -> ordered.put(name, changed.get(name)));
    return new Envelope(ordered, null);
  }

  /** A copy that is sent as exactly these bytes, whatever they are. */
  public Envelope withRawJson(Bytes json) {
    return new Envelope(new LinkedHashMap<>(fields), json);
  }

  /** The fields as a new object, in their order. */
  public ObjectNode object() {
    ObjectNode object = StrictJson.object();
    fields.forEach((name, value) -> object.set(name, value.deepCopy()));
    return object;
  }

  /** The bytes to send: compact JSON, or those given as raw. */
  public Bytes json() {
    return raw == null ? StrictJson.write(object()) : raw;
  }

  @Override
  public String toString() {
    return "Envelope" + (raw == null ? names() : "[raw, " + raw + "]");
  }

  private Map<String, JsonNode> changeable() {
    if (raw != null) {
      throw new IllegalStateException("the raw form is sent, a changed field would not be");
    }
    return new LinkedHashMap<>(fields);
  }
}
