package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.BodyHash;

/** The place of a reply in its answer, sealed as its last key (docs/PROTOCOL.md section 6). */
record SealMark(int seq, boolean last) {

  /** Of an answer that is no stream. */
  static SealMark whole() {
    return new SealMark(0, true);
  }

  /** Writes the mark as the last key of {@code plaintext}. */
  void mark(ObjectNode plaintext, BodyHash requestHash) {
    plaintext.remove("seal");
    plaintext
        .putObject("seal")
        .put("seq", seq)
        .put("final", last)
        .put("request_hash", requestHash.base64());
  }
}
