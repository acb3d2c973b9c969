package dev.sealcheck.conformance.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;

/**
 * What a proxy asks a node to answer (docs/ATTESTATION.md section 6).
 *
 * @param nodeSmallId the node
 * @param nonce all 64 bits count
 * @param keyRotationCounter the number that evidence for it will have
 */
public record ProxyChallenge(long nodeSmallId, long nonce, long keyRotationCounter) {

  /**
   * Reads the object.
   *
   * @throws MalformedAnswer if it is not that
   */
  public static ProxyChallenge parse(Bytes json) {
    ObjectNode object = StrictJson.parseObject(json);
    JsonNode nonce = object.path("nonce");
    if (!nonce.isTextual()) {
      throw new MalformedAnswer("nonce", "must be a text");
    }
    return new ProxyChallenge(
        integer(object, "node_small_id"),
        KeyBinding.parseNonce(nonce.textValue()),
        integer(object, "key_rotation_counter"));
  }

  private static long integer(ObjectNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedAnswer(field, "must be an integer");
    }
    return value.longValue();
  }
}
