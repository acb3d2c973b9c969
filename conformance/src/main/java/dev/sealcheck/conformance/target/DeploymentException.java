package dev.sealcheck.conformance.target;

/**
 * The reference deployment could not be started or did not stay up; says nothing about a target.
 */
public final class DeploymentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** In words for people; may end with lines of a log. */
  public DeploymentException(String message) {
    super(message);
  }

  /** With the exception behind it. */
  public DeploymentException(String message, Throwable cause) {
    super(message, cause);
  }
}
