package dev.sealcheck.conformance.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client wants to ask, before anything is sealed. A recipe can be sealed as often as needed;
 * every time gives other bytes, so that a twin is never a replay.
 *
 * @param endpoint where it goes
 * @param plaintext the exact bytes of the body
 * @param model the envelope's model_name
 * @param stream the envelope's stream, left out where empty
 * @param numComputeUnits the envelope's num_compute_units, left out where empty
 */
public record RequestRecipe(
    Endpoint endpoint,
    Bytes plaintext,
    String model,
    Optional<Boolean> stream,
    OptionalLong numComputeUnits) {

  /** A recipe that names no units. */
  public static RequestRecipe of(
      Endpoint endpoint, String model, Optional<Boolean> stream, Bytes plaintext) {
    return new RequestRecipe(endpoint, plaintext, model, stream, OptionalLong.empty());
  }

  /** A copy with another body. */
  public RequestRecipe withPlaintext(Bytes other) {
    return new RequestRecipe(endpoint, other, model, stream, numComputeUnits);
  }

  /** A copy whose envelope names another model; the body stays. */
  public RequestRecipe withModel(String other) {
    return new RequestRecipe(endpoint, plaintext, other, stream, numComputeUnits);
  }

  /** A copy whose envelope says {@code other} for stream; the body stays. */
  public RequestRecipe withStream(Optional<Boolean> other) {
    return new RequestRecipe(endpoint, plaintext, model, other, numComputeUnits);
  }

  /** A copy whose envelope names these units. */
  public RequestRecipe withNumComputeUnits(long units) {
    return new RequestRecipe(endpoint, plaintext, model, stream, OptionalLong.of(units));
  }

  /**
   * The request sealed to the lock's key with a fresh pair, salt and nonce.
   *
   * @throws SmallOrderKey if the lock offers a key of small order
   */
  public SealedRequest seal(LockGrant lock) {
    X25519Pair pair = X25519Pair.fresh();
    Salt salt = Salt.fresh();
    return sealInsecurely(
        lock,
        pair.publicKey(),
        Derivation.of(pair.sharedSecret(lock.publicKey()), salt),
        Nonce.fresh());
  }

  /**
   * The request sealed under a given derivation and nonce: for vectors, for a shared secret that is
   * no agreement (a small-order key gives 32 zero bytes), and for a reused nonce or salt on
   * purpose.
   *
   * @param clientKey what the envelope names, whatever made the secret
   */
  public SealedRequest sealInsecurely(
      LockGrant lock, X25519PublicKey clientKey, Derivation derivation, Nonce nonce) {
    BodyHash hash = BodyHash.of(plaintext);
    ObjectNode fields = StrictJson.object();
    fields.put("ciphertext", Base64Text.encode(Seal.seal(derivation.key(), nonce, plaintext)));
    fields.put("client_dh_public_key", clientKey.base64());
    fields.put("node_dh_public_key", lock.publicKey().base64());
    fields.put("nonce", nonce.base64());
    fields.put("salt", derivation.salt().base64());
    fields.put("plaintext_body_hash", hash.base64());
    fields.put("stack_small_id", lock.stackSmallId());
    fields.put("model_name", model);
    stream.ifPresent(flag -> fields.put("stream", flag));
    numComputeUnits.ifPresent(units -> fields.put("num_compute_units", units));
    return new SealedRequest(
        endpoint, Envelope.of(fields), lock, clientKey, derivation, nonce, hash);
  }
}
