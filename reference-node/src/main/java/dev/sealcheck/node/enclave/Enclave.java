package dev.sealcheck.node.enclave;

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
  private KeyEpoch next;
  private volatile Runnable onFull = () -> {};

  /**
   * An enclave with a fresh X25519 key.
   *
   * @param signingKey signs the hash of every answer
   * @param random makes keys and nonces
   * @param nonces turns the source of fresh nonces into what one request's answer is sealed with;
   *     the identity everywhere but where a fault is planted
   * @param replayLimit how many requests one key takes; positive
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
    this.current = new KeyEpoch(random, replayLimit);
  }

  /** The key that clients must seal to now. */
  public X25519PublicKey publicKey() {
    lock.readLock().lock();
    try {
      return current.publicKey();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The address of the key that signs answers. */
  public String address() {
    return signingKey.address().text();
  }

  /**
   * Names who is told, on the thread of a request, when a key takes no more requests; may be told
   * many times, and must not block. Replaces the one named before.
   */
  public void whenFull(Runnable listener) {
    onFull = listener;
  }

  /** Whether a key that requests are sealed to now takes no more of them. */
  public boolean isFull() {
    lock.readLock().lock();
    try {
      return current.replays().isFull() || (next != null && next.replays().isFull());
    } finally {
      lock.readLock().unlock();
    }
  }

  /** What remembering requests costs now. */
  public ReplayMemory replayMemory() {
    lock.readLock().lock();
    try {
      long entries = current.replays().entries();
      long bytes = current.replays().bytes();
      if (next != null) {
        entries += next.replays().entries();
        bytes += next.replays().bytes();
      }
      return new ReplayMemory(entries, bytes);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Opens a request.
   *
   * @throws RefusedException {@code STALE_NODE_KEY} if it names another key than the current or the
   *     prepared one, or that key takes no more requests; {@code UNDECRYPTABLE}, whatever the
   *     cause, if it does not open or hashes to something else; {@code REPLAYED_REQUEST} if the
   *     same derived key was used before
   */
  public OpenedRequest open(Envelope envelope) throws RefusedException {
    KeyEpoch epoch = null;
    lock.readLock().lock();
    try {
      epoch = epochOf(envelope.nodePublicKey());
      SealingKey key = epoch.keyPair().derive(envelope.clientPublicKey(), envelope.salt());
      byte[] plaintext = key.open(envelope.nonce(), envelope.ciphertext());
      if (!Blake2b256.of(plaintext).equals(envelope.plaintextBodyHash())) {
        throw new RefusedException(ErrorCode.UNDECRYPTABLE);
      }
      epoch.admit(key);
      return new OpenedRequest(
          plaintext,
          envelope.plaintextBodyHash(),
          new AnswerSealer(key, signingKey, nonces.apply(() -> freshNonce(envelope.nonce()))));
    } catch (UndecryptableException e) {
      throw new RefusedException(ErrorCode.UNDECRYPTABLE);
    } finally {
      lock.readLock().unlock();
      if (epoch != null && epoch.replays().isFull()) {
        onFull.run();
      }
    }
  }

  /**
   * The public half of the next key, made now unless one is prepared already. From now on requests
   * that are sealed to it are opened too, and remembered for as long as it lives.
   */
  public X25519PublicKey prepareNext() {
    lock.writeLock().lock();
    try {
      if (next == null) {
        next = new KeyEpoch(random, replayLimit);
      }
      return next.publicKey();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Makes the prepared key the current one: requests that were opened before can still be answered,
   * later ones under the old key are refused, and the old private key and its memory of requests
   * are gone.
   *
   * @throws IllegalStateException if no key is prepared
   */
  public void changeOver() {
    lock.writeLock().lock();
    try {
      if (next == null) {
        throw new IllegalStateException("no key is prepared");
      }
      current.erase();
      current = next;
      next = null;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Forgets the prepared key, where there is one; requests that were opened can be answered. */
  public void dropNext() {
    lock.writeLock().lock();
    try {
      if (next != null) {
        next.erase();
        next = null;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private KeyEpoch epochOf(X25519PublicKey key) throws RefusedException {
    if (key.equals(current.publicKey())) {
      return current;
    }
    if (next != null && key.equals(next.publicKey())) {
      return next;
    }
    throw new RefusedException(ErrorCode.STALE_NODE_KEY);
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
}
