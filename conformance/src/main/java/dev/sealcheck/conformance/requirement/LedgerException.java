package dev.sealcheck.conformance.requirement;

/** The ledger of the suite itself is wrong; the message names the row and the key. */
public final class LedgerException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  LedgerException(String message) {
    super(message);
  }

  LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
