package dev.sealcheck.conformance.client;

/** The peer's X25519 key has small order: every shared secret with it is 32 zero bytes. */
public final class SmallOrderKey extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The one form of this exception. */
  public SmallOrderKey() {
    super("the peer's X25519 key has small order (RFC 7748 section 6.1)");
  }
}
