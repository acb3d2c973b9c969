package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.CannotOpen;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.Salt;
import dev.sealcheck.conformance.client.Seal;
import dev.sealcheck.conformance.client.SmallOrderKey;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.client.X25519PublicKey;

/**
 * A request as the node's enclave sees it (docs/PROTOCOL.md sections 2 to 4); prints no content.
 *
 * @param endpoint where it was sent
 * @param plaintext the exact bytes of the body, whose hash is {@code hash}
 * @param derivation the key of the exchange, for the answers too
 * @param nonce the request's nonce
 * @param hash what the envelope names as the hash of the body
 * @param model the envelope's and the body's model
 * @param streamed whether a stream is asked for
 */
public record OpenedRequest(
    Endpoint endpoint,
    Bytes plaintext,
    Derivation derivation,
    Nonce nonce,
    BodyHash hash,
    String model,
    boolean streamed) {

  /**
   * Opens an envelope and checks what a node must check before it asks the engine; a replay is not
   * looked for, arrivals are counted by the scenario.
   *
   * @throws RefusedEnvelope if a node would refuse
   */
  static OpenedRequest open(Endpoint endpoint, Bytes envelope, X25519Pair own)
      throws RefusedEnvelope {
    Sealed sealed = Sealed.read(endpoint, envelope);
    if (!sealed.nodeKey.equals(own.publicKey())) {
      throw new RefusedEnvelope(NodeCode.STALE_NODE_KEY, "another key than this node's");
    }
    OpenedRequest opened = sealed.open(endpoint, own);
    ObjectNode body = opened.readBody();
    boolean bodyStream = body.path("stream").booleanValue();
    if (!opened.model.equals(body.path("model").textValue()) || opened.streamed != bodyStream) {
      throw new RefusedEnvelope(NodeCode.INVALID_BODY, "envelope and body disagree");
    }
    return opened;
  }

  /**
   * The body as a new tree.
   *
   * @throws MalformedAnswer never: an opened request holds one strict JSON object
   */
  public ObjectNode json() {
    return StrictJson.parseObject(plaintext);
  }

  private ObjectNode readBody() throws RefusedEnvelope {
    try {
      return json();
    } catch (MalformedAnswer notJson) {
      throw new RefusedEnvelope(NodeCode.INVALID_BODY, "the body is no JSON object");
    }
  }

  @Override
  public String toString() {
    return "OpenedRequest[" + endpoint + ", " + plaintext + ", streamed=" + streamed + "]";
  }

  /** The envelope's fields, each well formed. */
  private record Sealed(
      Bytes ciphertext,
      X25519PublicKey clientKey,
      X25519PublicKey nodeKey,
      Nonce nonce,
      Salt salt,
      BodyHash hash,
      String model,
      boolean streamed) {

    static Sealed read(Endpoint endpoint, Bytes json) throws RefusedEnvelope {
      try {
        Envelope fields = Envelope.of(StrictJson.parseObject(json));
        return new Sealed(
            fields.decoded("ciphertext"),
            new X25519PublicKey(fields.decoded("client_dh_public_key")),
            new X25519PublicKey(fields.decoded("node_dh_public_key")),
            new Nonce(fields.decoded("nonce")),
            new Salt(fields.decoded("salt")),
            new BodyHash(fields.decoded("plaintext_body_hash")),
            fields
                .field("model_name")
                .filter(JsonNode::isTextual)
                .orElseThrow(() -> new MalformedAnswer("model_name", "must be a string"))
                .textValue(),
            streamed(endpoint, fields));
      } catch (MalformedAnswer | IllegalArgumentException wrongField) {
        throw new RefusedEnvelope(NodeCode.INVALID_BODY, "a field of the envelope is wrong");
      }
    }

    private static boolean streamed(Endpoint endpoint, Envelope fields) {
      boolean completion = endpoint == Endpoint.CHAT || endpoint == Endpoint.COMPLETIONS;
      JsonNode flag = fields.field("stream").filter(value -> !value.isNull()).orElse(null);
      if (flag == null && !completion) {
        return false;
      }
      if (flag == null || !flag.isBoolean() || (flag.booleanValue() && !completion)) {
        throw new MalformedAnswer("stream", "must be what the path allows");
      }
      return flag.booleanValue();
    }

    OpenedRequest open(Endpoint endpoint, X25519Pair own) throws RefusedEnvelope {
      try {
        Derivation derivation = Derivation.of(own.sharedSecret(clientKey), salt);
        Bytes plaintext = Seal.open(derivation.key(), nonce, ciphertext);
        if (BodyHash.of(plaintext).equals(hash)) {
          return new OpenedRequest(endpoint, plaintext, derivation, nonce, hash, model, streamed);
        }
      } catch (SmallOrderKey | CannotOpen wrongKey) {
        // One refusal for everything that does not open, as docs/PROTOCOL.md section 3 wants it.
        throw undecryptable();
      }
      throw undecryptable();
    }

    private static RefusedEnvelope undecryptable() {
      return new RefusedEnvelope(NodeCode.UNDECRYPTABLE, "the body does not open");
    }
  }
}
