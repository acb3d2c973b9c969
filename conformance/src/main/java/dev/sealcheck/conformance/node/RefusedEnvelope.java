package dev.sealcheck.conformance.node;

/** An envelope that a node refuses, and with which code; says nothing of its content. */
public final class RefusedEnvelope extends Exception {
  private static final long serialVersionUID = 1L;

  private final NodeCode code;

  RefusedEnvelope(NodeCode code, String rule) {
    super(rule);
    this.code = code;
  }

  /** The code of the refusal. */
  public NodeCode code() {
    return code;
  }
}
