package dev.sealcheck.protocol.crypto;

/**
 * A body that cannot be opened, for whatever reason: tag, key, nonce, salt or a small-order peer
 * key. It carries no cause on purpose, since every cause must be answered alike.
 */
public final class UndecryptableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The one exception of this kind; all instances are alike. */
  public UndecryptableException() {
    super("the body cannot be opened");
  }
}
