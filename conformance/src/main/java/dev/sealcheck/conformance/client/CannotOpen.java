package dev.sealcheck.conformance.client;

/** The tag of a ciphertext does not verify under key and nonce; says nothing more on purpose. */
public final class CannotOpen extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The one form of this exception. */
  public CannotOpen() {
    super("the tag does not verify under this key and nonce");
  }
}
