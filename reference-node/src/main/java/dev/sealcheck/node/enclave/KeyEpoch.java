package dev.sealcheck.node.enclave;

import dev.sealcheck.protocol.crypto.AgreementKeyPair;
import dev.sealcheck.protocol.crypto.SealingKey;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.security.SecureRandom;

/** One X25519 key with what was used under it; both live and go together. */
final class KeyEpoch {

  private final AgreementKeyPair keyPair;
  private final ReplaySet replays;

  /** A fresh key that takes {@code replayLimit} requests. */
  KeyEpoch(SecureRandom random, int replayLimit) {
    keyPair = AgreementKeyPair.generate(random);
    replays = new ReplaySet(replayLimit, random);
  }

  X25519PublicKey publicKey() {
    return keyPair.publicKey();
  }

  AgreementKeyPair keyPair() {
    return keyPair;
  }

  ReplaySet replays() {
    return replays;
  }

  /**
   * Lets a derived key in once.
   *
   * @throws RefusedException {@code REPLAYED_REQUEST}, or {@code STALE_NODE_KEY} where this key has
   *     taken all it can remember, so that the client comes back for the next one
   */
  void admit(SealingKey key) throws RefusedException {
    switch (replays.admit(key.fingerprint())) {
      case NEW -> {}
      case REPLAYED -> throw new RefusedException(ErrorCode.REPLAYED_REQUEST);
      case NO_ROOM -> throw new RefusedException(ErrorCode.STALE_NODE_KEY);
    }
  }

  /** Overwrites the private key; what was derived from it stays usable. */
  void erase() {
    keyPair.erase();
  }
}
