package dev.sealcheck.node.enclave;

import dev.sealcheck.protocol.crypto.SealingKey;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The derived keys that were used under one X25519 key, by fingerprint. It never forgets one;
 * docs/PROTOCOL.md section 7.
 */
final class ReplaySet {

  private final int limit;
  private final Set<Fingerprint> used = ConcurrentHashMap.newKeySet();

  ReplaySet(int limit) {
    this.limit = limit;
  }

  /** Looks the key up and adds it in one atomic step. */
  void admit(byte[] fingerprint) throws RefusedException {
    if (used.size() >= limit) {
      // Forgetting an entry would let a request in twice, so nothing more is taken in.
      throw new RefusedException(ErrorCode.INTERNAL_ERROR);
    }
    if (!used.add(Fingerprint.of(fingerprint))) {
      throw new RefusedException(ErrorCode.REPLAYED_REQUEST);
    }
  }

  private record Fingerprint(long high, long low) {

    static Fingerprint of(byte[] bytes) {
      if (bytes.length != SealingKey.FINGERPRINT_SIZE_IN_BYTES) {
        throw new IllegalArgumentException("a fingerprint is 16 bytes, not " + bytes.length);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new Fingerprint(buffer.getLong(), buffer.getLong());
    }
  }
}
