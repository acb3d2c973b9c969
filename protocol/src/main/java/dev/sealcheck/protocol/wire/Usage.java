package dev.sealcheck.protocol.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an answer cost, docs/PROTOCOL.md section 8.
 *
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens that were generated
 * @param totalTokens what is charged
 */
public record Usage(long promptTokens, long completionTokens, long totalTokens) {

  /** Above this a count is an engine failure, docs/PROTOCOL.md section 8. */
  private static final long MAX_TOKENS = 1L << 31;

  /**
   * Reads the three counts that clients and books depend on; other keys are ignored.
   *
   * @throws MalformedMessageException if it is no object or a count is absent, negative, no integer
   *     or above 2^31
   */
  public static Usage parse(JsonNode usage) throws MalformedMessageException {
    if (!usage.isObject()) {
      throw new MalformedMessageException("usage", "must be an object");
    }
    return new Usage(
        count(usage, "prompt_tokens"),
        count(usage, "completion_tokens"),
        count(usage, "total_tokens"));
  }

  private static long count(JsonNode usage, String name) throws MalformedMessageException {
    JsonNode value = usage.get(name);
    if (value == null
        || !value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > MAX_TOKENS) {
      throw new MalformedMessageException(
          "usage." + name, "must be an integer from 0 to " + MAX_TOKENS);
    }
    return value.longValue();
  }
}
