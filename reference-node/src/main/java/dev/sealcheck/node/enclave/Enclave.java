package dev.sealcheck.node.enclave;

import dev.sealcheck.protocol.crypto.AgreementKeyPair;
import dev.sealcheck.protocol.crypto.SealingKey;
import dev.sealcheck.protocol.crypto.UndecryptableException;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.Envelope;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Opens each request once and hands out what seals its answer; docs/PROTOCOL.md sections 3 and 7.
 */
public final class Enclave {

  private final SigningKey signingKey;
  private final SecureRandom random;
  private final UnaryOperator<Supplier<Nonce>> nonces;
  private final int replayLimit;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private KeyEpoch current;

  /**
   * An enclave with a fresh X25519 key.
   *
   * @param signingKey signs the hash of every answer
   * @param random makes keys and nonces
   * @param nonces turns the source of fresh nonces into what one request's answer is sealed with;
   *     the identity everywhere but where a fault is planted
   * @param replayLimit how many requests one key takes
   */
  public Enclave(
      SigningKey signingKey,
      SecureRandom random,
      UnaryOperator<Supplier<Nonce>> nonces,
      int replayLimit) {
    this.signingKey = signingKey;
    this.random = random;
    this.nonces = nonces;
    this.replayLimit = replayLimit;
    this.current = freshEpoch();
  }

  /** The key that clients must seal to now. */
  public X25519PublicKey publicKey() {
    lock.readLock().lock();
    try {
      return current.keyPair().publicKey();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The address of the key that signs answers. */
  public String address() {
    return signingKey.address().text();
  }

  /**
   * Opens a request.
   *
   * @throws RefusedException {@code STALE_NODE_KEY} if it names another key than the current one;
   *     {@code UNDECRYPTABLE}, whatever the cause, if it does not open or hashes to something else;
   *     {@code REPLAYED_REQUEST} if the same derived key was used before
   */
  public OpenedRequest open(Envelope envelope) throws RefusedException {
    lock.readLock().lock();
    try {
      KeyEpoch epoch = current;
      if (!epoch.keyPair().publicKey().equals(envelope.nodePublicKey())) {
        throw new RefusedException(ErrorCode.STALE_NODE_KEY);
      }
      SealingKey key = epoch.keyPair().derive(envelope.clientPublicKey(), envelope.salt());
      byte[] plaintext = key.open(envelope.nonce(), envelope.ciphertext());
      if (!Blake2b256.of(plaintext).equals(envelope.plaintextBodyHash())) {
        throw new RefusedException(ErrorCode.UNDECRYPTABLE);
      }
      epoch.replays().admit(key.fingerprint());
      return new OpenedRequest(
          plaintext,
          envelope.plaintextBodyHash(),
          new AnswerSealer(key, signingKey, nonces.apply(() -> freshNonce(envelope.nonce()))));
    } catch (UndecryptableException e) {
      throw new RefusedException(ErrorCode.UNDECRYPTABLE);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Replaces the key: requests that were opened before can still be answered, later ones under the
   * old key are refused, and the old private key and its memory of requests are gone.
   */
  public X25519PublicKey rotate() {
    KeyEpoch next = freshEpoch();
    lock.writeLock().lock();
    try {
      current.keyPair().erase();
      current = next;
      return next.keyPair().publicKey();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private KeyEpoch freshEpoch() {
    return new KeyEpoch(AgreementKeyPair.generate(random), new ReplaySet(replayLimit));
  }

  private Nonce freshNonce(Nonce requestNonce) {
    byte[] bytes = new byte[Nonce.SIZE_IN_BYTES];
    while (true) {
      random.nextBytes(bytes);
      Nonce nonce = Nonce.copyOf(bytes);
      if (!nonce.equals(requestNonce)) {
        return nonce;
      }
    }
  }

  private record KeyEpoch(AgreementKeyPair keyPair, ReplaySet replays) {}
}
