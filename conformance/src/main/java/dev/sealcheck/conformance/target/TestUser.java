package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.exchange.BearerToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** One account at the target: its token, and a book of the locks that are still open on it. */
public final class TestUser {

  /** How long after its announced end a lock still counts as open: clocks and networks differ. */
  public static final Duration EXPIRY_TOLERANCE = Duration.ofMillis(500);

  private static final int TOKEN_BYTES = 32;

  private final String name;
  private final BearerToken token;
  private final List<Long> expiries = new ArrayList<>();
  private final Map<Long, Long> freeUnits = new TreeMap<>();

  /**
   * A user without open locks.
   *
   * @param name what reports call it, for instance "user 1"
   */
  public TestUser(String name, BearerToken token) {
    this.name = name;
    this.token = token;
  }

  /** A user with a new token: 32 bytes from the system's randomness in base64url after "sk-". */
  public static TestUser withRandomToken(String name) {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    String text = "sk-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new TestUser(name, new BearerToken(text));
  }

  /** What reports call the user. */
  public String name() {
    return name;
  }

  /** The token to send. */
  public BearerToken token() {
    return token;
  }

  /**
   * Notes that the target gave this user a lock.
   *
   * @param expiryNanos when it expires, as a reading of the suite's monotonic clock
   */
  public synchronized void lockMade(long expiryNanos) {
    expiries.add(expiryNanos);
  }

  /**
   * Notes that a request consumed one of the open locks. Which one the target took cannot be seen,
   * so the book keeps the latest ends.
   */
  public synchronized void lockUsed() {
    earliest().ifPresent(expiry -> expiries.remove((Object) expiry));
  }

  /**
   * The reading of the suite's monotonic clock from which on no lock of this user is open, with the
   * tolerance added; empty where none is open.
   */
  public synchronized OptionalLong quietAt() {
    if (expiries.isEmpty()) {
      return OptionalLong.empty();
    }
    long latest = Collections.max(expiries, TestUser::byTime);
    return OptionalLong.of(latest + EXPIRY_TOLERANCE.toNanos());
  }

  /** Drops the locks whose end, with the tolerance, has passed at {@code nowNanos}. */
  synchronized void forgetExpired(long nowNanos) {
    expiries.removeIf(expiry -> expiry + EXPIRY_TOLERANCE.toNanos() - nowNanos <= 0);
  }

  /**
   * Notes that no lock is open beyond {@code nanos}: a check that counts units knows which of its
   * locks were used.
   */
  public synchronized void noLockAfter(long nanos) {
    expiries.replaceAll(expiry -> expiry - nanos > 0 ? nanos : expiry);
  }

  /**
   * Notes what a check thinks is free on a stack while no lock is open: where the next one that
   * counts units begins to look, never what it judges by.
   */
  public synchronized void noteFreeUnits(long stack, long units) {
    freeUnits.put(stack, units);
  }

  /** What was noted last, by stack. */
  public synchronized Map<Long, Long> freeUnits() {
    return Map.copyOf(freeUnits);
  }

  /** Forgets what was noted, where it has turned out wrong. */
  public synchronized void forgetFreeUnits() {
    freeUnits.clear();
  }

  private Optional<Long> earliest() {
    return expiries.stream().min(TestUser::byTime);
  }

  /** Readings may wrap around, so only their difference is compared. */
  private static int byTime(long one, long other) {
    return Long.signum(one - other);
  }

  @Override
  public String toString() {
    return name;
  }
}
