package dev.sealcheck.proxy.relay;

import java.time.Duration;

/**
 * How long the proxy waits for a node, and how much it takes from it.
 *
 * @param connect to reach it
 * @param firstByte for the head of its answer
 * @param idle between two reads of a stream, comments included
 * @param maxAnswerBytes the largest answer or event
 */
public record NodeLimits(Duration connect, Duration firstByte, Duration idle, int maxAnswerBytes) {}
