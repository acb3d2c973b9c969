package dev.sealcheck.protocol.wire;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a client asks of {@code POST /v1/nodes/lock}, docs/PROTOCOL.md section 2.
 *
 * @param model the model to be asked
 * @param maxNumTokens the compute units to reserve, where the client says so
 * @param timeout how long the lock lives
 */
public record LockRequest(String model, OptionalLong maxNumTokens, Duration timeout) {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  /** The longest life of a lock, in seconds. */
  public static final long MAX_TIMEOUT_SECONDS = 600;

  /**
   * Parses the JSON of a lock request; unknown fields are ignored.
   *
   * @throws MalformedMessageException if the bytes break a rule of docs/PROTOCOL.md section 2
   */
  public static LockRequest parse(byte[] json) throws MalformedMessageException {
    Fields fields = new Fields(StrictJson.parseObject("lock request", json));
    OptionalLong seconds = fields.optionalPositive("timeout");
    if (seconds.isPresent() && seconds.getAsLong() > MAX_TIMEOUT_SECONDS) {
      throw new MalformedMessageException(
          "timeout", "must be at most " + MAX_TIMEOUT_SECONDS + " seconds");
    }
    return new LockRequest(
        fields.text("model"),
        fields.optionalPositive("max_num_tokens"),
        seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : DEFAULT_TIMEOUT);
  }
}
