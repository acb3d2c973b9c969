package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is done to one good reply: to what is sealed, and then to what is sent. */
public interface ReplyChange {
  /** Nothing is changed. */
  ReplyChange NONE = new ReplyChange() {};

  /** What is sealed instead of {@code plaintext}, which it may change. */
  default ObjectNode inside(ObjectNode plaintext) {
    return plaintext;
  }

  /** What is sent instead of {@code reply}. */
  default SealedReply outside(SealedReply reply) {
    return reply;
  }
}
