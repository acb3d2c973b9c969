package dev.sealcheck.conformance.attestation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519PublicKey;

/**
 * What a node puts at its proxy (docs/ATTESTATION.md section 6).
 *
 * @param nodeSmallId the node
 * @param compressedEvidence a zlib stream
 * @param publicKey the key that the evidence was made for
 */
public record EvidencePut(long nodeSmallId, Bytes compressedEvidence, X25519PublicKey publicKey) {
  /** The body, compact JSON. */
  public Bytes json() {
    ObjectNode body = StrictJson.object();
    body.put("node_small_id", nodeSmallId);
    ArrayNode numbers = body.putArray("compressed_evidence");
    for (int i = 0; i < compressedEvidence.length(); i++) {
      numbers.add(compressedEvidence.at(i));
    }
    body.put("public_key", publicKey.base64());
    return StrictJson.write(body);
  }

  /** The value of the header X-Signature, by {@code signer}. */
  public String signature(SigningPair signer) {
    return signer.sign(ServedEvidence.signedHash(nodeSmallId, compressedEvidence)).base64();
  }
}
