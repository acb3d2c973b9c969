package dev.sealcheck.proxy.http;

import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.proxy.account.UserId;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many requests each token may make; docs/PROTOCOL.md section 9, 429. */
public final class RateLimits {

  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final long requestsPerMinute;
  private final Map<UserId, Long> ofUsers;
  private final TimeMeter meter;
  private final ConcurrentMap<UserId, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * Limits for all users.
   *
   * @param requestsPerMinute what a user may do without a limit of its own; 0 for anything
   * @param ofUsers limits of single users; 0 for anything
   */
  public RateLimits(long requestsPerMinute, Map<UserId, Long> ofUsers, Timekeeper time) {
    this.requestsPerMinute = requestsPerMinute;
    this.ofUsers = Map.copyOf(ofUsers);
    this.meter =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return time.nanoTime();
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        };
  }

  /** Counts one request; over the limit it is refused, with the time to wait. */
  void count(UserId user) throws RefusedException {
    long limit = ofUsers.getOrDefault(user, requestsPerMinute);
    if (limit == 0) {
      return;
    }
    ConsumptionProbe probe =
        buckets.computeIfAbsent(user, id -> bucket(limit)).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long wait = Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999).toSeconds();
      throw new RefusedException(ErrorCode.TOO_MANY_REQUESTS, (int) Math.max(1, wait));
    }
  }

  private Bucket bucket(long limit) {
    return Bucket.builder()
        .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, PERIOD))
        .withCustomTimePrecision(meter)
        .build();
  }
}
