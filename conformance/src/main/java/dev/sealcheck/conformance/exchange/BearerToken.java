package dev.sealcheck.conformance.exchange;

/**
 * A user's API token; it never prints itself.
 *
 * @param secret the token as the Authorization header carries it after "Bearer "
 */
public record BearerToken(String secret) {
  /**
   * Checks that the token can stand in a header.
   *
   * @throws IllegalArgumentException if it is empty or has a character outside visible ASCII
   */
  public BearerToken {
    if (secret.isEmpty() || secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "a token is 1 or more visible ASCII characters; this one has " + secret.length());
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
