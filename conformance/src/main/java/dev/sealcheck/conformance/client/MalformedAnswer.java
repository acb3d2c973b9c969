package dev.sealcheck.conformance.client;

/**
 * Bytes of the peer break a rule of their format. A check turns it into a failure; the message
 * names field and rule and holds no value.
 */
public final class MalformedAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String rule;

  /**
   * Says which rule the peer broke where.
   *
   * @param field the field, or "body" for the whole
   * @param rule what it must be, without any of its content
   */
  public MalformedAnswer(String field, String rule) {
    super(field + ": " + rule);
    this.field = field;
    this.rule = rule;
  }

  /** The field, or "body". */
  public String field() {
    return field;
  }

  /** What the field must be. */
  public String rule() {
    return rule;
  }
}
