package dev.sealcheck.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The answer to a lock request (docs/PROTOCOL.md section 2).
 *
 * @param publicKey the node's X25519 key
 * @param nodeSmallId the node
 * @param stackSmallId the stack with the reserved units, at least 1
 * @param stackEntryDigest where the target names one
 */
public record LockGrant(
    X25519PublicKey publicKey,
    long nodeSmallId,
    long stackSmallId,
    Optional<String> stackEntryDigest) {

  /**
   * Reads an answer; unknown fields are ignored.
   *
   * @throws MalformedAnswer if it is not strict JSON or a field is missing or wrong
   */
  public static LockGrant parse(Bytes json) {
    ObjectNode answer = StrictJson.parseObject(json);
    String key = AnswerField.text(answer, "public_key");
    long stack = AnswerField.integer(answer, "stack_small_id");
    if (stack < 1) {
      throw new MalformedAnswer("stack_small_id", "must be positive");
    }
    JsonNode digest = AnswerField.required(answer, "stack_entry_digest");
    if (!digest.isTextual() && !digest.isNull()) {
      throw new MalformedAnswer("stack_entry_digest", "must be a string or null");
    }
    return new LockGrant(
        new X25519PublicKey(Base64Text.decode("public_key", key, X25519PublicKey.LENGTH_BYTES)),
        AnswerField.integer(answer, "node_small_id"),
        stack,
        Optional.ofNullable(digest.textValue()));
  }
}
