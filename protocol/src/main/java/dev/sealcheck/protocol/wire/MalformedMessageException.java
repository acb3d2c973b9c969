package dev.sealcheck.protocol.wire;

/**
 * The peer's bytes break a rule of the wire format; names the field and the rule, never a value.
 */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String rule;

  /**
   * A broken rule.
   *
   * @param field the field as it is named on the wire, or a word for the whole message
   * @param rule what would have been right, for instance "must be 12 bytes"
   */
  public MalformedMessageException(String field, String rule) {
    super(field + " " + rule);
    this.field = field;
    this.rule = rule;
  }

  /** The field as it is named on the wire, or a word for the whole message. */
  public String field() {
    return field;
  }

  /** What would have been right. */
  public String rule() {
    return rule;
  }
}
