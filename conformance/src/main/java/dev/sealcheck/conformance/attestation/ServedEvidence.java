package dev.sealcheck.conformance.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.SignatureEnvelope;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.util.Optional;

/**
 * What a proxy serves of a node (docs/ATTESTATION.md section 6). The published API has only the
 * first two fields, so the others may be missing.
 *
 * @param nodeSmallId the node
 * @param compressedEvidence a zlib stream
 * @param nonce the nonce that the evidence was made for
 * @param publicKey the key that it was made for, of any length
 * @param address the node's address
 * @param signature the signature of the put that brought it
 * @param keyRotationCounter how often the node's key was proven so far
 */
public record ServedEvidence(
    long nodeSmallId,
    Bytes compressedEvidence,
    Optional<Long> nonce,
    Optional<Bytes> publicKey,
    Optional<String> address,
    Optional<String> signature,
    Optional<Long> keyRotationCounter) {
  /** The claim that the node's address signed this evidence. */
  public static final String SIGNED = "x-sealcheck-evidence-signed";

  /**
   * Reads the object.
   *
   * @throws MalformedAnswer if it is not that
   */
  public static ServedEvidence parse(Bytes json) {
    ObjectNode object = StrictJson.parseObject(json);
    JsonNode id = object.path("node_small_id");
    if (!id.isIntegralNumber() || !id.canConvertToLong()) {
      throw new MalformedAnswer("node_small_id", "must be an integer");
    }
    return new ServedEvidence(
        id.longValue(),
        bytes(object.path("compressed_evidence")),
        text(object, "nonce").map(KeyBinding::parseNonce),
        text(object, "public_key").map(base64 -> Base64Text.decode("public_key", base64)),
        text(object, "node_address"),
        text(object, "signature"),
        counter(object.path("key_rotation_counter")));
  }

  /** What the evidence says that it was made for; empty where the object does not say it. */
  public Optional<KeyBinding> binding() {
    return binding(nonce, publicKey);
  }

  /** A binding of both; empty where one is missing or the key has another length than 32 bytes. */
  public static Optional<KeyBinding> binding(Optional<Long> nonce, Optional<Bytes> publicKey) {
    return publicKey
        .filter(key -> key.length() == X25519PublicKey.LENGTH_BYTES)
        .map(X25519PublicKey::new)
        .flatMap(key -> nonce.map(known -> new KeyBinding(known, key)));
  }

  /** Whether the put was signed by the address that is served with it. */
  public Claim signed() {
    if (signature.isEmpty() || address.isEmpty()) {
      return Claim.skipped(SIGNED, "the proxy serves no signature or no address");
    }
    try {
      SignatureEnvelope envelope = SignatureEnvelope.parse(signature.get());
      return Claim.of(
          SIGNED,
          envelope.address().equals(address.get()) && envelope.verifies(signedHash()),
          "it is not the address that signed this evidence of this node");
    } catch (MalformedAnswer malformed) {
      return Claim.fails(SIGNED, malformed.getMessage());
    }
  }

  /** BLAKE2b-256( node id, 8 bytes little-endian ‖ compressed evidence ): what a put signs. */
  public BodyHash signedHash() {
    return signedHash(nodeSmallId, compressedEvidence);
  }

  /** The hash of any id and evidence. */
  public static BodyHash signedHash(long nodeSmallId, Bytes compressedEvidence) {
    return BodyHash.of(
        Bytes.concat(KeyBinding.littleEndian(nodeSmallId, Long.BYTES), compressedEvidence));
  }

  private static Bytes bytes(JsonNode array) {
    if (!array.isArray() || array.size() > EvidenceContainer.MAX_COMPRESSED_BYTES) {
      throw new MalformedAnswer(
          "compressed_evidence",
          "must be an array of at most " + EvidenceContainer.MAX_COMPRESSED_BYTES + " bytes");
    }
    byte[] bytes = new byte[array.size()];
    for (int i = 0; i < bytes.length; i++) {
      JsonNode value = array.get(i);
      if (!value.isInt() || value.intValue() < 0 || value.intValue() > 255) {
        throw new MalformedAnswer("compressed_evidence", "must hold integers from 0 to 255");
      }
      bytes[i] = (byte) value.intValue();
    }
    return Bytes.owning(bytes);
  }

  private static Optional<Long> counter(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw new MalformedAnswer("key_rotation_counter", "must be an integer above 0");
    }
    return Optional.of(value.longValue());
  }

  private static Optional<String> text(ObjectNode object, String field) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new MalformedAnswer(field, "must be a text");
    }
    return Optional.of(value.textValue());
  }
}
