package dev.sealcheck.conformance.vector;

import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;

/** Base64 as the wire has it (docs/PROTOCOL.md section 2). */
final class Base64Judges {
  private Base64Judges() {}

  static Finding text(VectorCase one) {
    Bytes bytes = one.hex("bytes");
    try {
      return Finding.when(
          Base64Text.decode("text", one.text("text")).equals(bytes)
              && Base64Text.encode(bytes).equals(one.text("text")),
          "other bytes");
    } catch (MalformedAnswer notCanonical) {
      return Finding.of("NOT_CANONICAL");
    }
  }

  static Finding sized(VectorCase one) {
    Finding finding = text(one);
    if (!finding.verdict().equals(Finding.VALID)) {
      return finding;
    }
    try {
      Bytes bytes = Base64Text.decode("text", one.text("text"), one.integer("size"));
      return Finding.when(bytes.equals(one.hex("bytes")), "other bytes");
    } catch (MalformedAnswer wrongSize) {
      return Finding.of("WRONG_SIZE");
    }
  }
}
