package dev.sealcheck.proxy.relay;

import java.time.Duration;

/**
 * How long the proxy waits for a node, and how much it takes from it.
 *
 * @param connect to reach it
 * @param firstByte for the head of its answer
 * @param idle for the next bytes of a stream, comments included
 * @param lastUsage for the usage of a stream whose client has left
 * @param absence for a node that could not be reached to be offered again
 * @param maxAnswerBytes the largest answer or event
 */
public record NodeLimits(
    Duration connect,
    Duration firstByte,
    Duration idle,
    Duration lastUsage,
    Duration absence,
    int maxAnswerBytes) {}
