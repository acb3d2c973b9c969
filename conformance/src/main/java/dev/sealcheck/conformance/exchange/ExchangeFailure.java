package dev.sealcheck.conformance.exchange;

/**
 * Why an exchange ended before its answer did.
 *
 * @param kind which part failed
 * @param message the network's words
 */
public record ExchangeFailure(Kind kind, String message) {
  /** Which part of an exchange failed. */
  public enum Kind {
    /** No connection: refused, unknown host, TLS handshake, connect timeout. Nothing was sent. */
    CONNECT,
    /** The connection broke, or what came was no HTTP, after sending may have begun. */
    BROKEN,
    /** The deadline passed; the connection was cut. */
    TIMEOUT
  }
}
