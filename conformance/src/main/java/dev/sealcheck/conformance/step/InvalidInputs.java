package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Messages, prompts and inputs that are none, docs/PROTOCOL.md section 2. */
final class InvalidInputs {

  private static final String MESSAGES = "messages";
  private static final String ROLE = "role";
  private static final String CONTENT = "content";

  private InvalidInputs() {}

  /** Changes of a body after which {@code field} is not valid, each with words for it. */
  static Map<String, Consumer<ObjectNode>> of(String field) {
    Map<String, Consumer<ObjectNode>> changes = new LinkedHashMap<>();
    changes.put("no " + field, body -> body.remove(field));
    changes.put("null for " + field, body -> body.putNull(field));
    changes.put("a number for " + field, body -> body.put(field, 1));
    changes.put("an object for " + field, body -> body.putObject(field));
    if (!field.equals("prompt")) {
      changes.put("an empty list for " + field, body -> body.putArray(field));
    }
    if (field.equals(MESSAGES)) {
      messages(changes);
    }
    return changes;
  }

  private static void messages(Map<String, Consumer<ObjectNode>> changes) {
    changes.put("a string for messages", body -> body.put(MESSAGES, "Hello"));
    changes.put("a string for a message", body -> body.putArray(MESSAGES).add("Hello"));
    changes.put("null for a message", body -> body.putArray(MESSAGES).addNull());
    changes.put("a message without a role", body -> message(body).remove(ROLE));
    changes.put("a number for a role", body -> message(body).put(ROLE, 1));
    changes.put("null for a role", body -> message(body).putNull(ROLE));
    changes.put("a number for content", body -> message(body).put(CONTENT, 1));
    changes.put("a boolean for content", body -> message(body).put(CONTENT, true));
    changes.put("an object for content", body -> message(body).putObject(CONTENT));
    changes.put(
        "a bad message behind a good one",
        body -> body.withArray(MESSAGES).addObject().put(CONTENT, "Hello"));
  }

  /** Changes of a body after which its messages are unusual and valid, each with words for it. */
  static Map<String, Consumer<ObjectNode>> unusualMessages() {
    Map<String, Consumer<ObjectNode>> changes = new LinkedHashMap<>();
    changes.put("a message without content", body -> message(body).remove(CONTENT));
    changes.put("null for content", body -> message(body).putNull(CONTENT));
    changes.put(
        "a list for content",
        body ->
            message(body).putArray(CONTENT).addObject().put("type", "text").put("text", "Hello"));
    changes.put("a role of its own", body -> message(body).put(ROLE, "developer"));
    changes.put(
        "two messages",
        body -> body.withArray(MESSAGES).addObject().put(ROLE, "assistant").put(CONTENT, "Hello"));
    return changes;
  }

  private static ObjectNode message(ObjectNode body) {
    return (ObjectNode) body.path(MESSAGES).path(0);
  }
}
