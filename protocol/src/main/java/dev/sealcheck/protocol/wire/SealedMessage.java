package dev.sealcheck.protocol.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A sealed answer or one sealed stream event, docs/PROTOCOL.md sections 2 and 6.
 *
 * @param ciphertext the sealed plaintext
 * @param nonce the nonce it was sealed with
 * @param responseHash the hash of the plaintext
 * @param signature the signature envelope over {@code responseHash}, as it stands on the wire
 * @param usage a copy of the usage inside, where there is one
 */
public record SealedMessage(
    Ciphertext ciphertext,
    Nonce nonce,
    BodyHash responseHash,
    String signature,
    Optional<JsonNode> usage) {

  /**
   * Parses an answer or the data of an event; unknown fields are ignored.
   *
   * @throws MalformedMessageException if the bytes break a rule of docs/PROTOCOL.md section 2
   */
  public static SealedMessage parse(byte[] json) throws MalformedMessageException {
    ObjectNode object = StrictJson.parseObject("sealed message", json);
    Fields fields = new Fields(object);
    byte[] ciphertext = fields.base64("ciphertext");
    if (ciphertext.length < Ciphertext.TAG_SIZE_IN_BYTES) {
      throw new MalformedMessageException(
          "ciphertext", "must be at least " + Ciphertext.TAG_SIZE_IN_BYTES + " bytes");
    }
    return new SealedMessage(
        Ciphertext.owning(ciphertext),
        Nonce.copyOf(fields.base64("nonce", Nonce.SIZE_IN_BYTES)),
        BodyHash.copyOf(fields.base64("response_hash", BodyHash.SIZE_IN_BYTES)),
        fields.text("signature"),
        fields.absent("usage") ? Optional.empty() : Optional.of(object.get("usage")));
  }

  /** The compact JSON of this message, on one line. */
  public byte[] toJson() {
    ObjectNode json = StrictJson.newObject();
    json.put("ciphertext", Base64Text.encode(ciphertext.lend()));
    json.put("nonce", nonce.bytes().toBase64());
    usage.ifPresent(value -> json.set("usage", value));
    json.put("signature", signature);
    json.put("response_hash", responseHash.bytes().toBase64());
    return StrictJson.write(json);
  }
}
