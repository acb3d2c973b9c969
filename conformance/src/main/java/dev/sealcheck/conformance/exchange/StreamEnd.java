package dev.sealcheck.conformance.exchange;

/** How a stream stands. */
public enum StreamEnd {
  /** Not over yet, as far as it has been read. */
  OPEN,
  /** The body ended as its framing says. */
  CLEAN,
  /** The connection failed or broke before the framing said so. */
  ABORTED,
  /** The body grew over the cap and was cut by the suite. */
  OVER_CAP,
  /** The suite closed it before its end. */
  CLOSED
}
