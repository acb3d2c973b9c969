package dev.sealcheck.protocol.attestation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.Fields;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.StrictJson;

/**
 * What a proxy asks a node to answer with evidence, docs/ATTESTATION.md.
 *
 * @param nodeSmallId the node that is asked, greater than zero
 * @param nonce what the evidence must contain
 * @param keyRotationCounter the number that the evidence gets when it is accepted, from 1
 */
public record AttestationChallenge(
    long nodeSmallId, ChallengeNonce nonce, long keyRotationCounter) {

  /**
   * Parses the JSON of an answer; unknown fields are ignored.
   *
   * @throws MalformedMessageException if a field is missing or of another form
   */
  public static AttestationChallenge parse(byte[] json) throws MalformedMessageException {
    Fields fields = new Fields(StrictJson.parseObject("challenge", json));
    return new AttestationChallenge(
        fields.positive("node_small_id"),
        ChallengeNonce.parse(fields.text("nonce")),
        fields.positive("key_rotation_counter"));
  }

  /** The compact JSON. */
  public byte[] toJson() {
    ObjectNode json = StrictJson.newObject();
    json.put("node_small_id", nodeSmallId);
    json.put("nonce", nonce.toHex());
    json.put("key_rotation_counter", keyRotationCounter);
    return StrictJson.write(json);
  }
}
