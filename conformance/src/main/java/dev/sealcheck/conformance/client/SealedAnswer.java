package dev.sealcheck.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A sealed answer or stream event as it came (docs/PROTOCOL.md sections 2 and 6).
 *
 * @param ciphertext at least 16 bytes, the tag last
 * @param nonce the answer's own
 * @param responseHash the hash that the node claims
 * @param signature over that hash
 * @param usage the outer usage, empty where absent or null
 */
public record SealedAnswer(
    Bytes ciphertext,
    Nonce nonce,
    BodyHash responseHash,
    SignatureEnvelope signature,
    Optional<JsonNode> usage) {

  /**
   * Reads an answer or the data of an event; unknown fields are ignored.
   *
   * @throws MalformedAnswer if it is not strict JSON or a field is missing or wrong
   */
  public static SealedAnswer parse(Bytes json) {
    ObjectNode answer = StrictJson.parseObject(json);
    Bytes ciphertext = Base64Text.decode("ciphertext", AnswerField.text(answer, "ciphertext"));
    if (ciphertext.length() < Seal.TAG_BYTES) {
      throw new MalformedAnswer("ciphertext", "must have room for the tag of 16 bytes");
    }
    return new SealedAnswer(
        ciphertext,
        new Nonce(
            Base64Text.decode("nonce", AnswerField.text(answer, "nonce"), Nonce.LENGTH_BYTES)),
        new BodyHash(
            Base64Text.decode(
                "response_hash", AnswerField.text(answer, "response_hash"), BodyHash.LENGTH_BYTES)),
        SignatureEnvelope.parse(AnswerField.text(answer, "signature")),
        Optional.ofNullable(answer.get("usage")).filter(usage -> !usage.isNull()));
  }

  /**
   * The answer opened under the request's key. A hash or signature that does not fit is recorded,
   * not thrown: the checks look at each alone.
   *
   * @throws CannotOpen if the tag does not verify
   */
  public OpenedAnswer open(SealedRequest request) {
    Bytes plaintext = Seal.open(request.derivation().key(), nonce, ciphertext);
    return new OpenedAnswer(
        plaintext,
        BodyHash.of(plaintext).equals(responseHash),
        signature.verifies(responseHash),
        signature.address(),
        usage,
        nonce,
        responseHash);
  }
}
