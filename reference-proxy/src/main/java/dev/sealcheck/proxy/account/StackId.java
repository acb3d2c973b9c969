package dev.sealcheck.proxy.account;

/**
 * Names one stack, as {@code stack_small_id} does on the wire.
 *
 * @param value positive; the proxy itself counts from 1, a client may name anything
 */
public record StackId(long value) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if {@code value} is not positive
   */
  public StackId {
    if (value <= 0) {
      throw new IllegalArgumentException("stack id " + value + " is not positive");
    }
  }
}
