package dev.sealcheck.conformance.client;

import java.util.function.UnaryOperator;

/**
 * A request ready to send, with all that is needed to open its answer; prints no secret.
 *
 * @param endpoint where it goes
 * @param envelope what is sent, changed on purpose or not
 * @param lock the lock it was sealed for
 * @param clientKey the client's public key as sealed
 * @param derivation the key and how it came about
 * @param nonce the request's nonce as sealed
 * @param plaintextHash the hash of the body as sealed
 */
public record SealedRequest(
    Endpoint endpoint,
    Envelope envelope,
    LockGrant lock,
    X25519PublicKey clientKey,
    Derivation derivation,
    Nonce nonce,
    BodyHash plaintextHash) {

  /** A copy whose envelope went through {@code change}; what opens the answer stays. */
  public SealedRequest tampered(UnaryOperator<Envelope> change) {
    return new SealedRequest(
        endpoint, change.apply(envelope), lock, clientKey, derivation, nonce, plaintextHash);
  }
}
