package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.attestation.ChallengeNonce;
import dev.sealcheck.protocol.attestation.GpuNonce;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** The challenges of one node that may still be answered. For use under its owner's lock. */
final class OpenChallenges {

  /** docs/ATTESTATION.md: how long a challenge is valid. */
  private static final Duration VALID = Duration.ofSeconds(60);

  /**
   * Anybody may ask for a challenge, so there is an end to them. Beyond it the newest is handed out
   * again: none is closed early, and nobody is turned away.
   */
  private static final int MAX_OPEN = 256;

  private record Challenge(ChallengeNonce nonce, long endNanos) {}

  private final Deque<Challenge> open = new ArrayDeque<>();
  private final Timekeeper time;
  private final SecureRandom random;

  OpenChallenges(Timekeeper time, SecureRandom random) {
    this.time = time;
    this.random = random;
  }

  ChallengeNonce issue() {
    forgetOld();
    if (open.size() < MAX_OPEN) {
      long end = time.nanoTime() + VALID.toNanos();
      open.addLast(new Challenge(new ChallengeNonce(random.nextLong()), end));
    }
    return open.getLast().nonce();
  }

  /** The newest open challenge. */
  Optional<ChallengeNonce> newest() {
    forgetOld();
    return Optional.ofNullable(open.peekLast()).map(Challenge::nonce);
  }

  /** The newest open challenge that one of {@code answers} is an answer to, for that key. */
  Optional<ChallengeNonce> answeredBy(Set<GpuNonce> answers, X25519PublicKey key) {
    forgetOld();
    for (Iterator<Challenge> i = open.descendingIterator(); i.hasNext(); ) {
      ChallengeNonce nonce = i.next().nonce();
      if (answers.contains(GpuNonce.of(nonce, key))) {
        return Optional.of(nonce);
      }
    }
    return Optional.empty();
  }

  boolean isOpen(ChallengeNonce nonce) {
    forgetOld();
    return open.stream().anyMatch(challenge -> challenge.nonce().equals(nonce));
  }

  void closeAll() {
    open.clear();
  }

  private void forgetOld() {
    long now = time.nanoTime();
    while (!open.isEmpty() && now - open.getFirst().endNanos() >= 0) {
      open.removeFirst();
    }
  }
}
