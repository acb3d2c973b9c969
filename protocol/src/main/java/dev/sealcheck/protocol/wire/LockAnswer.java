package dev.sealcheck.protocol.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a client needs to seal a request, docs/PROTOCOL.md section 2.
 *
 * @param publicKey the node's current X25519 key
 * @param nodeSmallId the node that will answer
 * @param stackSmallId the stack on which units were locked
 * @param stackEntryDigest the digest of the purchase, where this lock made one
 */
public record LockAnswer(
    X25519PublicKey publicKey,
    long nodeSmallId,
    long stackSmallId,
    Optional<String> stackEntryDigest) {

  /** The compact JSON; {@code stack_entry_digest} is always there, null where it is unknown. */
  public byte[] toJson() {
    ObjectNode json = StrictJson.newObject();
    json.put("public_key", publicKey.bytes().toBase64());
    json.put("node_small_id", nodeSmallId);
    json.put("stack_entry_digest", stackEntryDigest.orElse(null));
    json.put("stack_small_id", stackSmallId);
    return StrictJson.write(json);
  }
}
