package dev.sealcheck.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * What each request must cost. The engine is deterministic and no answer reaches its natural end,
 * so a prompt's tokens, seen once, and the limit make the sum.
 */
final class PriceList {

  private final Map<Job, Long> promptTokens = new HashMap<>();

  /** Keeps what the prompt of a sample costs; before any thread asks. */
  void learn(Job sample, long tokens) {
    promptTokens.put(sample, tokens);
  }

  /** What this request must be charged, in compute units. */
  long units(Job job) {
    Long tokens = promptTokens.get(job.sample());
    if (tokens == null) {
      throw new IllegalStateException("no price is known for " + job);
    }
    return tokens + job.completionTokens();
  }
}
