package dev.sealcheck.bench;

import dev.sealcheck.bench.Tally.Outcome;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ErrorCode;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What all client threads share.
 *
 * @param deployment the servers
 * @param client calls the proxy
 * @param prices what each request must cost
 * @param tally what came of the requests
 * @param time paces slow readers
 * @param random makes keys
 */
record Scene(
    Deployment deployment,
    ProxyClient client,
    PriceList prices,
    Tally tally,
    Timekeeper time,
    SecureRandom random) {

  /** Longer than any request of the soak waits for its turn. */
  static final int LOCK_SECONDS = 5;

  /** Short, so that a lock whose request never arrived is over soon. */
  static final int SHORT_LOCK_SECONDS = 2;

  /**
   * The engine broke or the node takes no more; the node is not there; its key is another one; and,
   * since the node's process lives on here, a connection that its server had accepted and did not
   * get to close when it stopped.
   */
  private static final Set<ErrorCode> RESTART_CODES =
      EnumSet.of(
          ErrorCode.INTERNAL_ERROR,
          ErrorCode.NODE_UNAVAILABLE,
          ErrorCode.STALE_NODE_KEY,
          ErrorCode.NODE_TIMEOUT);

  /** The request under this lock. */
  SealedRequest seal(SealedRequest.Lock lock, Job job) {
    return SealedRequest.of(lock, job, job.body(random), random);
  }

  /** What the refusal of a good request means: something only where a restart was under way. */
  Outcome refused(Kind kind, int restartMark, int status, byte[] body) {
    Optional<ErrorCode> code = ErrorCode.ofBody(body);
    boolean restarted = deployment.restartedSince(restartMark);
    if (restarted && code.isPresent() && RESTART_CODES.contains(code.get())) {
      return Outcome.LOST_TO_RESTART;
    }
    tally.surprise(
        kind,
        "answered with "
            + code.map(ErrorCode::name).orElse(Integer.toString(status))
            + (restarted ? " during a restart" : ""));
    return Outcome.UNEXPECTED;
  }
}
