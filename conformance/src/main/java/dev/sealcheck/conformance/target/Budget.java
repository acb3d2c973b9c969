package dev.sealcheck.conformance.target;

/**
 * What a run may cost at most.
 *
 * @param maxRequests requests to the target, 1 or more; {@link Long#MAX_VALUE} for no limit
 * @param requestsPerSecond requests a second over the whole run; 0 for no limit
 * @param maxTokens tokens that one recipe may ask of the engine, 1 or more; {@link
 *     Integer#MAX_VALUE} for as many as the recipe wants
 */
public record Budget(long maxRequests, double requestsPerSecond, int maxTokens) {

  /**
   * A budget.
   *
   * @throws IllegalArgumentException if a number is out of the range described above
   */
  public Budget {
    if (maxRequests < 1) {
      throw new IllegalArgumentException("a run makes 1 request or more, got " + maxRequests);
    }
    if (!Double.isFinite(requestsPerSecond) || requestsPerSecond < 0) {
      throw new IllegalArgumentException(
          "a rate is 0 or more requests per second, got " + requestsPerSecond);
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException("an answer has 1 token or more, got " + maxTokens);
    }
  }

  /** No limit of any kind. */
  public static Budget none() {
    return new Budget(Long.MAX_VALUE, 0, Integer.MAX_VALUE);
  }

  /** True where the number of requests is limited. */
  public boolean limitsRequests() {
    return maxRequests != Long.MAX_VALUE;
  }

  /** True where the requests are spread over time. */
  public boolean limitsRate() {
    return requestsPerSecond > 0;
  }

  /** True where the answers of the engine are shortened. */
  public boolean limitsTokens() {
    return maxTokens != Integer.MAX_VALUE;
  }
}
