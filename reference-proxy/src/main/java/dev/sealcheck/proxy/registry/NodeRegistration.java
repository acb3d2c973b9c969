package dev.sealcheck.proxy.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * What a node asks of {@code POST /v1/nodes}, docs/PROTOCOL.md section 2.
 *
 * @param id the small id it claims
 * @param url where it answers
 * @param publicKey its X25519 key
 * @param signature over the hash of the data
 * @param hash BLAKE2b-256 of the compact JSON of the data
 */
public record NodeRegistration(
    long id, URI url, X25519PublicKey publicKey, SignatureEnvelope signature, BodyHash hash) {

  /**
   * Parses the JSON of a registration; it is not yet verified.
   *
   * @throws MalformedMessageException if the bytes break a rule of docs/PROTOCOL.md section 2
   */
  public static NodeRegistration parse(byte[] json) throws MalformedMessageException {
    ObjectNode message = StrictJson.parseObject("registration", json);
    JsonNode data = message.path("data");
    ObjectNode signed = StrictJson.newObject();
    JsonNode id = data.path("node_small_id");
    if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() <= 0) {
      throw new MalformedMessageException("node_small_id", "must be a positive integer");
    }
    signed.put("node_small_id", id.longValue());
    signed.put("public_address", text(data, "public_address"));
    signed.put("country", text(data, "country"));
    signed.put("public_key", text(data, "public_key"));
    return new NodeRegistration(
        id.longValue(),
        url(text(data, "public_address")),
        X25519PublicKey.copyOf(
            Base64Text.decode(
                "public_key", text(data, "public_key"), X25519PublicKey.SIZE_IN_BYTES)),
        SignatureEnvelope.parse(text(message, "signature")),
        Blake2b256.of(StrictJson.write(signed)));
  }

  private static String text(JsonNode object, String field) throws MalformedMessageException {
    JsonNode value = object.path(field);
    if (!value.isTextual()) {
      throw new MalformedMessageException(field, "must be a string");
    }
    return value.textValue();
  }

  private static URI url(String text) throws MalformedMessageException {
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one answer for everything that is no usable URL.
    }
    throw new MalformedMessageException("public_address", "must be an http or https URL");
  }
}
