package dev.sealcheck.protocol.server;

import java.time.Duration;

/**
 * The bounds of every request and stream, docs/PROTOCOL.md sections 6 and 9.
 *
 * @param maxBodyBytes the largest request body
 * @param bodyTime how long a caller may take to send its body
 * @param keepAlive after how much silence a stream is sent a comment
 * @param stopTime how long a stopping server waits for running requests
 */
public record ServerLimits(
    int maxBodyBytes, Duration bodyTime, Duration keepAlive, Duration stopTime) {

  /** docs/PROTOCOL.md section 9: 4 MiB. */
  public static final int DEFAULT_MAX_BODY_BYTES = 4 * 1024 * 1024;
}
