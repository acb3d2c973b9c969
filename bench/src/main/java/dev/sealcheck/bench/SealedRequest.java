package dev.sealcheck.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.crypto.AgreementKeyPair;
import dev.sealcheck.protocol.crypto.SealingKey;
import dev.sealcheck.protocol.crypto.UndecryptableException;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.Salt;
import dev.sealcheck.protocol.wire.SealedMessage;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.security.SecureRandom;

/**
 * A request as it goes out, with what opens its answer; docs/PROTOCOL.md section 3.
 *
 * @param path where it goes
 * @param envelope the outer JSON, which a bad input may still spoil
 * @param key the key of this one request
 * @param hash the hash of its plaintext
 */
record SealedRequest(ConfidentialPath path, ObjectNode envelope, SealingKey key, BodyHash hash) {

  /** Seals {@code body} for the node and stack of a lock. */
  static SealedRequest of(Lock lock, Job job, ObjectNode body, SecureRandom random) {
    AgreementKeyPair pair = AgreementKeyPair.generate(random);
    Salt salt = Salt.copyOf(bytes(random, Salt.SIZE_IN_BYTES));
    Nonce nonce = Nonce.copyOf(bytes(random, Nonce.SIZE_IN_BYTES));
    byte[] plaintext = StrictJson.write(body);
    BodyHash hash = Blake2b256.of(plaintext);
    SealingKey key;
    try {
      key = pair.derive(lock.nodeKey(), salt);
    } catch (UndecryptableException e) {
      throw new IllegalStateException("the proxy offers a node key of small order", e);
    }
    ObjectNode envelope = StrictJson.newObject();
    envelope.put("ciphertext", Base64Text.encode(key.seal(nonce, plaintext).lend()));
    envelope.put("client_dh_public_key", pair.publicKey().bytes().toBase64());
    envelope.put("node_dh_public_key", lock.nodeKey().bytes().toBase64());
    envelope.put("nonce", nonce.bytes().toBase64());
    envelope.put("salt", salt.bytes().toBase64());
    envelope.put("plaintext_body_hash", hash.bytes().toBase64());
    envelope.put("stack_small_id", lock.stackSmallId());
    envelope.put("model_name", job.model());
    envelope.put("num_compute_units", Job.UNITS);
    if (job.path().streams()) {
      envelope.put("stream", job.stream());
    }
    return new SealedRequest(job.path(), envelope, key, hash);
  }

  /** The envelope's bytes. */
  byte[] json() {
    return StrictJson.write(envelope);
  }

  /**
   * The plaintext of an answer or event.
   *
   * @param sequence its place in the answer, from 0
   * @throws MalformedMessageException if it does not open, hashes to something else or is another
   *     part of another answer
   */
  ObjectNode open(byte[] json, long sequence) throws MalformedMessageException {
    SealedMessage message = SealedMessage.parse(json);
    byte[] plaintext;
    try {
      plaintext = key.open(message.nonce(), message.ciphertext());
    } catch (UndecryptableException e) {
      throw new MalformedMessageException("answer", "must open");
    }
    if (!Blake2b256.of(plaintext).equals(message.responseHash())) {
      throw new MalformedMessageException("response_hash", "must be the plaintext's");
    }
    ObjectNode object = StrictJson.parseObject("answer", plaintext);
    JsonNode seal = object.path("seal");
    if (seal.path("seq").asLong(-1) != sequence
        || !seal.path("request_hash").asText().equals(hash.bytes().toBase64())) {
      throw new MalformedMessageException("seal", "must be of this request and place");
    }
    if (object.has("usage") && !object.get("usage").equals(message.usage().orElse(null))) {
      throw new MalformedMessageException("usage", "must be the same inside and outside");
    }
    return object;
  }

  @Override
  public String toString() {
    return "SealedRequest[" + path + "]";
  }

  private static byte[] bytes(SecureRandom random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * What a lock tells a client.
   *
   * @param nodeKey the key to seal to
   * @param stackSmallId the stack that pays
   */
  record Lock(X25519PublicKey nodeKey, long stackSmallId) {}
}
