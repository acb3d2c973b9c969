package dev.sealcheck.protocol.attestation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.wire.StrictJson;

/**
 * Accepted evidence as anybody may fetch it, docs/ATTESTATION.md.
 *
 * @param update what the node put
 * @param signature the node's signature of it
 * @param nodeAddress the signer that the proxy takes for this node
 * @param nonce the challenge that the evidence answers
 * @param keyRotationCounter how many pieces of evidence of this node were accepted, this included
 */
public record NodeAttestation(
    AttestationUpdate update,
    SignatureEnvelope signature,
    Address nodeAddress,
    ChallengeNonce nonce,
    long keyRotationCounter) {

  /** The compact JSON. */
  public byte[] toJson() {
    ObjectNode json = StrictJson.newObject();
    json.put("node_small_id", update.nodeSmallId());
    json.set("compressed_evidence", update.evidence().toJson());
    json.put("nonce", nonce.toHex());
    json.put("public_key", update.publicKey().bytes().toBase64());
    json.put("key_rotation_counter", keyRotationCounter);
    json.put("node_address", nodeAddress.text());
    json.put("signature", signature.toText());
    return StrictJson.write(json);
  }
}
