package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;

/**
 * What came back, as far as it came.
 *
 * @param status the status code
 * @param headers as on the wire
 * @param body the bytes taken, no content coding undone
 * @param truncated whether the body was longer than the cap and the rest was not taken
 */
public record HttpAnswer(int status, HttpHeaders headers, Bytes body, boolean truncated) {}
