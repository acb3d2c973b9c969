package dev.sealcheck.protocol.attestation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.Fields;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The body by which a node puts evidence for a key, docs/ATTESTATION.md. It names neither nonce nor
 * counter: the proxy takes those from its own challenge.
 *
 * @param nodeSmallId the node whose evidence this is, greater than zero
 * @param evidence what its devices say
 * @param publicKey the key that the evidence is said to be for
 */
public record AttestationUpdate(
    long nodeSmallId, CompressedEvidence evidence, X25519PublicKey publicKey) {

  /** The header that carries the signature of {@link #hash}. */
  public static final String SIGNATURE_HEADER = "X-Signature";

  /**
   * Parses the JSON of a body; unknown fields are ignored.
   *
   * @throws MalformedMessageException if a field is missing or of another form
   */
  public static AttestationUpdate parse(byte[] json) throws MalformedMessageException {
    ObjectNode object = StrictJson.parseObject("update", json);
    Fields fields = new Fields(object);
    return new AttestationUpdate(
        fields.positive("node_small_id"),
        CompressedEvidence.parse("compressed_evidence", object.get("compressed_evidence")),
        X25519PublicKey.copyOf(fields.base64("public_key", X25519PublicKey.SIZE_IN_BYTES)));
  }

  /** The compact JSON. */
  public byte[] toJson() {
    ObjectNode json = StrictJson.newObject();
    json.put("node_small_id", nodeSmallId);
    json.set("compressed_evidence", evidence.toJson());
    json.put("public_key", publicKey.bytes().toBase64());
    return StrictJson.write(json);
  }

  /**
   * What the node signs: BLAKE2b-256( LE64(node_small_id) ‖ compressed_evidence ). The key is not
   * in it: it is bound by the nonce inside the evidence.
   */
  public BodyHash hash() {
    byte[] id =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(nodeSmallId).array();
    return Blake2b256.of(id, evidence.toArray());
  }
}
