package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * What a node posts to {@code /v1/nodes}, right or wrong on purpose, changed by copy
 * (docs/PROTOCOL.md section 2). It is signed when {@link #json()} is asked for, over the data as
 * they are then.
 */
public final class Registration {
  private static final String COUNTRY = "CH";
  private static final String SIGNATURE = "signature";

  private final Envelope data;
  private final SigningPair signer;
  // What happens to the message once it is signed.
  private final UnaryOperator<Envelope> afterwards;

  private Registration(Envelope data, SigningPair signer, UnaryOperator<Envelope> afterwards) {
    this.data = data;
    this.signer = signer;
    this.afterwards = afterwards;
  }

  /** The good registration of a node. */
  static Registration of(NodeIdentity node, URI address, X25519PublicKey key) {
    ObjectNode data = StrictJson.object();
    data.put("node_small_id", node.smallId());
    data.put("public_address", address.toString());
    data.put("country", COUNTRY);
    data.put("public_key", key.base64());
    return new Registration(Envelope.of(data), node.signer(), UnaryOperator.identity());
  }

  /** A copy that claims another id; the signature covers it. */
  public Registration withSmallId(long id) {
    return with("node_small_id", LongNode.valueOf(id));
  }

  /** A copy that names another address; the signature covers it. */
  public Registration withAddress(String address) {
    return with("public_address", TextNode.valueOf(address));
  }

  /** A copy with any value in a field of the data; the signature covers it. */
  public Registration with(String field, JsonNode value) {
    return new Registration(data.with(field, value), signer, afterwards);
  }

  /**
   * A copy without a field of the data; the signature covers the rest.
   *
   * @throws IllegalArgumentException if there is no such field
   */
  public Registration without(String field) {
    return new Registration(data.without(field), signer, afterwards);
  }

  /** A copy signed by another pair. */
  public Registration signedBy(SigningPair other) {
    return new Registration(data, other, afterwards);
  }

  /** A copy whose data are changed after they were signed, so that the signature is false. */
  public Registration forged(String field, JsonNode value) {
    return then(
        message -> {
          JsonNode signed = message.field("data").orElseThrow();
          return message.with("data", ((ObjectNode) signed).set(field, value));
        });
  }

  /** A copy with any text as its signature. */
  public Registration withSignature(String text) {
    return then(message -> message.with(SIGNATURE, text));
  }

  /** A copy without a signature. */
  public Registration unsigned() {
    return then(message -> message.without(SIGNATURE));
  }

  /** The body to post: compact JSON, the data signed over BLAKE2b-256 of their compact JSON. */
  public Bytes json() {
    ObjectNode message = StrictJson.object();
    message.set("data", data.object());
    message.put(SIGNATURE, signer.sign(BodyHash.of(data.json())).base64());
    return afterwards.apply(Envelope.of(message)).json();
  }

  @Override
  public String toString() {
    return "Registration" + data.names() + " signed by " + signer.address();
  }

  private Registration then(UnaryOperator<Envelope> change) {
    UnaryOperator<Envelope> before = afterwards;
    return new Registration(data, signer, message -> change.apply(before.apply(message)));
  }
}
