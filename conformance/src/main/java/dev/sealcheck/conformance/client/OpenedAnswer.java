package dev.sealcheck.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * An answer or event whose tag verified, and what the client saw while opening it.
 *
 * @param plaintext the exact bytes that were sealed
 * @param hashMatches whether response_hash is the hash of these bytes
 * @param signatureValid whether the signature verifies over response_hash
 * @param signer the address that the signature names, valid or not
 * @param outerUsage the usage beside the ciphertext, empty where absent or null
 * @param nonce the answer's nonce
 * @param responseHash the hash as sent
 */
public record OpenedAnswer(
    Bytes plaintext,
    boolean hashMatches,
    boolean signatureValid,
    String signer,
    Optional<JsonNode> outerUsage,
    Nonce nonce,
    BodyHash responseHash) {

  /**
   * The plaintext as a new tree, key order and all digits kept.
   *
   * @throws MalformedAnswer if it is not one strict JSON object
   */
  public ObjectNode json() {
    return StrictJson.parseObject(plaintext);
  }

  /** The sealed usage, empty where absent or null; to compare with the outer one. */
  public Optional<JsonNode> innerUsage() {
    return Optional.ofNullable(json().get("usage")).filter(usage -> !usage.isNull());
  }

  @Override
  public String toString() {
    return "OpenedAnswer["
        + plaintext
        + ", hashMatches="
        + hashMatches
        + ", signatureValid="
        + signatureValid
        + ", signer="
        + signer
        + "]";
  }
}
