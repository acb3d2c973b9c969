package dev.sealcheck.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One answer or chunk of the engine, made ready to be sealed: the engine's bytes, key order and
 * all, with {@code seal} as the last key; docs/PROTOCOL.md section 6. Only what no client takes is
 * changed, see {@link ClientForm}.
 */
final class EngineMessage {

  private static final List<String> SHARED_KEYS = List.of("id", "object", "created", "model");

  private final byte[] json;
  private final ObjectNode object;
  private final Optional<JsonNode> usage;

  private EngineMessage(byte[] json, ObjectNode object) throws MalformedMessageException {
    this.json = json;
    this.object = object;
    JsonNode found = object.get("usage");
    this.usage = found == null || found.isNull() ? Optional.empty() : Optional.of(found);
    if (usage.isPresent()) {
      Usage.parse(found);
    }
  }

  /**
   * A whole answer; all but images must say what they used.
   *
   * @throws MalformedMessageException if the engine's answer cannot be given to a client
   */
  static EngineMessage answer(ConfidentialPath path, byte[] json) throws MalformedMessageException {
    ObjectNode object = StrictJson.parseObject("engine answer", json);
    boolean changed = ClientForm.fitAnswer(path, object);
    EngineMessage message = new EngineMessage(changed ? StrictJson.write(object) : json, object);
    if (path != ConfidentialPath.IMAGES && message.usage.isEmpty()) {
      throw new MalformedMessageException("usage", "must be there");
    }
    return message;
  }

  /**
   * One chunk of a stream.
   *
   * @throws MalformedMessageException if the engine's chunk cannot be given to a client
   */
  static EngineMessage chunk(byte[] json) throws MalformedMessageException {
    ObjectNode object = StrictJson.parseObject("engine chunk", json);
    boolean changed = ClientForm.fitChunk(object);
    return new EngineMessage(changed ? StrictJson.write(object) : json, object);
  }

  /** A message of the node's own. */
  static EngineMessage of(ObjectNode object) throws MalformedMessageException {
    return new EngineMessage(StrictJson.write(object), object);
  }

  /** An object to start a message of the node's own from. */
  static ObjectNode empty() {
    return StrictJson.newObject();
  }

  /** A new object with what all chunks of one stream share. */
  ObjectNode head() {
    ObjectNode head = StrictJson.newObject();
    for (String key : SHARED_KEYS) {
      if (object.has(key)) {
        head.set(key, object.get(key));
      }
    }
    return head;
  }

  /** The usage inside, as the engine wrote it. */
  Optional<JsonNode> usage() {
    return usage;
  }

  /** Whether this is the chunk that ends a stream: no choices, and the usage. */
  boolean endsStream() {
    JsonNode choices = object.get("choices");
    return usage.isPresent() && choices != null && choices.isArray() && choices.isEmpty();
  }

  /** The bytes to seal: this message with its place in the answer to one request. */
  byte[] withSeal(long sequence, boolean last, BodyHash requestHash) {
    byte[] bytes = json;
    if (object.has("seal")) {
      ObjectNode without = object.deepCopy();
      without.remove("seal");
      bytes = StrictJson.write(without);
    }
    int end = bytes.length - 1;
    while (bytes[end] != '}') {
      end--;
    }
    boolean empty = object.isEmpty() || (object.size() == 1 && object.has("seal"));
    byte[] seal =
        ((empty ? "" : ",")
                + "\"seal\":{\"seq\":"
                + sequence
                + ",\"final\":"
                + last
                + ",\"request_hash\":\""
                + requestHash.bytes().toBase64()
                + "\"}}")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] sealed = new byte[end + seal.length];
    System.arraycopy(bytes, 0, sealed, 0, end);
    System.arraycopy(seal, 0, sealed, end, seal.length);
    return sealed;
  }
}
