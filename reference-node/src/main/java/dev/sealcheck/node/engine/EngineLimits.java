package dev.sealcheck.node.engine;

import java.time.Duration;

/**
 * How long the node waits for an engine that speaks HTTP, and how much it takes from it.
 *
 * @param connect to reach it
 * @param firstByte for the head of its answer
 * @param idle between two reads of an answer or stream, comments included
 * @param maxAnswerBytes the largest whole answer
 * @param maxConcurrent how many answers and streams may run at once
 */
public record EngineLimits(
    Duration connect, Duration firstByte, Duration idle, int maxAnswerBytes, int maxConcurrent) {

  /** Room for a few pictures in base64. */
  public static final int DEFAULT_MAX_ANSWER_BYTES = 64 * 1024 * 1024;

  private static final int MOST_ANSWER_BYTES = 1024 * 1024 * 1024;

  /** Refuses limits out of range with an {@link IllegalArgumentException}. */
  public EngineLimits {
    requirePositive("connect", connect);
    requirePositive("firstByte", firstByte);
    requirePositive("idle", idle);
    if (maxAnswerBytes < 1 || maxAnswerBytes > MOST_ANSWER_BYTES) {
      throw new IllegalArgumentException(
          "maxAnswerBytes is " + maxAnswerBytes + ", must be from 1 to " + MOST_ANSWER_BYTES);
    }
    if (maxConcurrent < 1) {
      throw new IllegalArgumentException("maxConcurrent is " + maxConcurrent + ", must be above 0");
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " is " + value + ", must be above 0");
    }
  }
}
