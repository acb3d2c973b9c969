package dev.sealcheck.conformance.vector;

/** A file of vectors is missing, unreadable or not of the shape it says; the message names it. */
public final class VectorFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VectorFileException(String message) {
    super(message);
  }
}
