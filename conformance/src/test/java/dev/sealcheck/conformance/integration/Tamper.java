package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.SignatureEnvelope;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.profile.Limits;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One defect that the man in the middle gives a sound deployment. What a defect does not override
 * stays as the protocol wants it; an instance may keep state and serves one run.
 */
interface Tamper {

  /**
   * Called with every request before anything is done with it.
   *
   * @throws IOException to close the connection instead of an answer
   */
  default void before(Call call) throws IOException {}

  /** The largest body that is taken. */
  default int maxBodyBytes() {
    return Limits.DEFAULT_BODY_BYTES;
  }

  /** True where a request is refused as an invalid body, good or not. */
  default boolean refuses(Intercepted request) {
    return false;
  }

  /** Changes the request for a lock on its way to the deployment. */
  default void lockRequest(ObjectNode request) {}

  /** Changes the lock on its way to the client. */
  default void lockAnswer(ObjectNode grant) {}

  /** True where a request with that harm is served all the same. */
  default boolean overlooks(Harm harm) {
    return false;
  }

  /** True where a refusal of the deployment is replaced by a good answer to the same request. */
  default boolean overlooks(Reply refusal) {
    return false;
  }

  /** True where the refusal of a request with that harm uses up its lock. */
  default boolean spendsLockOn(Harm harm) {
    return false;
  }

  /** Whether the answer is a stream where the client {@code asked} for one, or for none. */
  default boolean streams(boolean asked) {
    return asked;
  }

  /** The plaintext to seal for the client; empty to leave the event out. */
  default Optional<Bytes> plaintext(Bytes fromNode) {
    return Optional.of(fromNode);
  }

  /** The key to seal the answer to {@code request} under. */
  default Bytes key(Derivation client, Intercepted request) {
    return client.key();
  }

  /**
   * The nonce of an answer or event.
   *
   * @param request that of the request
   * @param before those of the events before it in the same stream
   */
  default Nonce nonce(Nonce request, List<Nonce> before) {
    return Nonce.fresh();
  }

  /** The hash to claim. */
  default BodyHash hash(Bytes plaintext) {
    return BodyHash.of(plaintext);
  }

  /** The signature to give. */
  default SignatureEnvelope signature(SigningPair signer, BodyHash hash) {
    return signer.sign(hash);
  }

  /** Changes what stands around the ciphertext. */
  default void sealed(ObjectNode answer) {}

  /** An event as it goes out. */
  default String frame(String json) {
    return "data: " + json + "\n\n";
  }

  /** True where all events go out together at the end. */
  default boolean holdsBack() {
    return false;
  }

  /** What goes out in place of an answer that is not sealed. */
  default Reply open(Call call, Reply answer) {
    return answer;
  }
}
