package dev.sealcheck.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import java.util.List;

/**
 * Brings what engines write into the form that deployed clients take, docs/PROTOCOL.md section 2;
 * what fits already is not touched, so that its bytes stay the engine's.
 */
final class ClientForm {

  private static final List<String> PROMPT_DETAILS = List.of("cached_tokens", "audio_tokens");
  private static final String DATA_URL = "data:image/png;base64,";

  private ClientForm() {}

  /** Changes a whole answer where a client would refuse it; true where anything was changed. */
  static boolean fitAnswer(ConfidentialPath path, ObjectNode answer) {
    boolean changed = fitUsage(answer);
    changed |= dropNullTier(answer);
    if (path == ConfidentialPath.EMBEDDINGS
        && answer.get("usage") instanceof ObjectNode counts
        && !counts.has("completion_tokens")) {
      // Clients need all three counts; engines leave this one out where nothing is generated.
      counts.put("completion_tokens", 0);
      changed = true;
    }
    if (path == ConfidentialPath.IMAGES) {
      for (JsonNode item : answer.path("data")) {
        changed |= fitPicture(item);
      }
    }
    return changed;
  }

  /** Changes a chunk where a client would refuse it; true where anything was changed. */
  static boolean fitChunk(ObjectNode chunk) {
    boolean changed = fitUsage(chunk);
    changed |= dropNullTier(chunk);
    for (JsonNode choice : chunk.path("choices")) {
      if (choice instanceof ObjectNode fields && fields.hasNonNull("stop_reason")) {
        fields.putNull("stop_reason");
        changed = true;
      }
    }
    return changed;
  }

  /** Clients take the details of the prompt's tokens with all counts or not at all. */
  private static boolean fitUsage(ObjectNode message) {
    if (!(message.path("usage").get("prompt_tokens_details") instanceof ObjectNode details)) {
      return false;
    }
    boolean changed = false;
    for (String count : PROMPT_DETAILS) {
      if (!details.path(count).isIntegralNumber()) {
        details.put(count, 0);
        changed = true;
      }
    }
    return changed;
  }

  private static boolean dropNullTier(ObjectNode message) {
    return message.has("service_tier")
        && message.get("service_tier").isNull()
        && message.remove("service_tier") != null;
  }

  /** An engine that sends a picture itself gives no address; the picture can be one. */
  private static boolean fitPicture(JsonNode item) {
    if (!(item instanceof ObjectNode picture)
        || picture.path("url").isTextual()
        || !picture.path("b64_json").isTextual()) {
      return false;
    }
    picture.put("url", DATA_URL + picture.path("b64_json").textValue());
    return true;
  }
}
