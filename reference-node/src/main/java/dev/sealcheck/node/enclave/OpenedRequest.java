package dev.sealcheck.node.enclave;

import dev.sealcheck.protocol.wire.BodyHash;

/** A request that opened, with what seals its answer. It prints nothing of the plaintext. */
public final class OpenedRequest {

  private final byte[] plaintext;
  private final BodyHash hash;
  private final AnswerSealer sealer;

  OpenedRequest(byte[] plaintext, BodyHash hash, AnswerSealer sealer) {
    this.plaintext = plaintext;
    this.hash = hash;
    this.sealer = sealer;
  }

  /** The exact bytes that the client sealed; lent, not to be changed. */
  public byte[] plaintext() {
    return plaintext;
  }

  /** The hash of the plaintext, as the client sent it and as it was verified. */
  public BodyHash hash() {
    return hash;
  }

  /** Seals the answer, or each event of it. */
  public AnswerSealer sealer() {
    return sealer;
  }

  @Override
  public String toString() {
    return "OpenedRequest[" + plaintext.length + " bytes]";
  }
}
