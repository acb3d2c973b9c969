package dev.sealcheck.conformance.vector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.Salt;
import dev.sealcheck.conformance.client.Seal;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.util.OptionalLong;

/** An envelope as a node reads it, every field checked (docs/PROTOCOL.md section 2). */
record ReadEnvelope(
    Endpoint endpoint,
    Bytes ciphertext,
    X25519PublicKey clientKey,
    X25519PublicKey nodeKey,
    Nonce nonce,
    Salt salt,
    BodyHash hash,
    String model,
    boolean stream,
    OptionalLong units) {

  /**
   * Reads the JSON of a request.
   *
   * @throws MalformedAnswer if a field is missing or wrong
   */
  static ReadEnvelope parse(Endpoint endpoint, Bytes json) {
    ObjectNode fields = StrictJson.parseObject(json);
    Bytes ciphertext = Base64Text.decode("ciphertext", text(fields, "ciphertext"));
    if (ciphertext.length() < Seal.TAG_BYTES) {
      throw new MalformedAnswer("ciphertext", "must have room for the tag");
    }
    positive(fields, "stack_small_id");
    return new ReadEnvelope(
        endpoint,
        ciphertext,
        new X25519PublicKey(bytes(fields, "client_dh_public_key", X25519PublicKey.LENGTH_BYTES)),
        new X25519PublicKey(bytes(fields, "node_dh_public_key", X25519PublicKey.LENGTH_BYTES)),
        new Nonce(bytes(fields, "nonce", Nonce.LENGTH_BYTES)),
        new Salt(bytes(fields, "salt", Salt.LENGTH_BYTES)),
        new BodyHash(bytes(fields, "plaintext_body_hash", BodyHash.LENGTH_BYTES)),
        text(fields, "model_name"),
        stream(endpoint, fields),
        isAbsent(fields, "num_compute_units")
            ? OptionalLong.empty()
            : OptionalLong.of(positive(fields, "num_compute_units")));
  }

  private static boolean stream(Endpoint endpoint, ObjectNode fields) {
    boolean mayStream = endpoint == Endpoint.CHAT || endpoint == Endpoint.COMPLETIONS;
    if (!mayStream && isAbsent(fields, "stream")) {
      return false;
    }
    JsonNode stream = fields.path("stream");
    if (!stream.isBoolean() || (stream.booleanValue() && !mayStream)) {
      throw new MalformedAnswer("stream", "must be a boolean that its path allows");
    }
    return stream.booleanValue();
  }

  private static Bytes bytes(ObjectNode fields, String name, int length) {
    return Base64Text.decode(name, text(fields, name), length);
  }

  private static String text(ObjectNode fields, String name) {
    if (!fields.path(name).isTextual()) {
      throw new MalformedAnswer(name, "must be a string");
    }
    return fields.path(name).textValue();
  }

  private static long positive(ObjectNode fields, String name) {
    JsonNode value = fields.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw new MalformedAnswer(name, "must be an integer from 1 to 2^63-1");
    }
    return value.longValue();
  }

  /** Whether the field is missing or null. */
  static boolean isAbsent(ObjectNode fields, String name) {
    return !fields.hasNonNull(name);
  }
}
