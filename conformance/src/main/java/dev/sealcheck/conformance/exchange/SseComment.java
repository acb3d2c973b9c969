package dev.sealcheck.conformance.exchange;

/**
 * One comment line.
 *
 * @param text after the colon, as it came
 * @param arrivalNanos when its last byte had arrived
 * @param eventsBefore how many events had ended before it
 */
public record SseComment(String text, long arrivalNanos, int eventsBefore) {}
