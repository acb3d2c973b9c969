package dev.sealcheck.conformance.vector;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.SignatureEnvelope;
import dev.sealcheck.conformance.client.SignatureScheme;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Steps of signatures (docs/PROTOCOL.md section 5). */
final class SignatureSteps {
  private static final int SCALAR_BYTES = 32;

  private SignatureSteps() {}

  /** A signature without an envelope, of any message. */
  static Step bare(VectorCase one) {
    Bytes signature = one.hex("sig");
    return new Step(
        "Signature",
        one.type().equals("EddsaVerify") ? "RFC 8032 section 5.1.7" : "SEC 1 section 4.1.4, low s",
        List.of(
            Value.text("public key", one.group().path("publicKey").toString()),
            Value.bytes("message", one.hex("msg")),
            Value.bytes("SHA-256 of it", sha256(one.hex("msg"))),
            Value.bytes("signature", signature)));
  }

  static List<Step> envelope(String text, Bytes hash) {
    SignatureEnvelope envelope;
    try {
      envelope = SignatureEnvelope.parse(text);
    } catch (MalformedAnswer malformed) {
      return List.of(
          new Step(
              "Signature envelope",
              "base64( flag ‖ signature, 64 ‖ public key ), docs/PROTOCOL.md section 5",
              List.of(Value.text("text", text), Value.text("refused", malformed.rule()))));
    }
    boolean edwards = envelope.scheme() == SignatureScheme.ED25519;
    Bytes flag = Bytes.owning(new byte[] {(byte) envelope.scheme().flag()});
    Bytes preimage = Bytes.concat(flag, envelope.publicKey());
    List<Value> message = new ArrayList<>();
    message.add(Value.bytes("hash", hash));
    message.add(
        edwards
            ? Value.text("signed message", "the hash itself")
            : Value.bytes("signed message, SHA-256 of it", sha256(hash)));
    message.add(
        Value.text("verifies", envelope.verifies(new BodyHash(hash)) ? "yes" : "no, refused"));
    return List.of(
        new Step(
            "Signature envelope",
            "base64( flag ‖ signature, 64 ‖ public key ), docs/PROTOCOL.md section 5",
            List.of(
                Value.text("text", text),
                Value.text("scheme", envelope.scheme().toString()),
                Value.bytes(edwards ? "R" : "r", envelope.signature().slice(0, SCALAR_BYTES)),
                Value.bytes(
                    edwards ? "S" : "s",
                    envelope.signature().slice(SCALAR_BYTES, 2 * SCALAR_BYTES)),
                Value.bytes("public key", envelope.publicKey()))),
        new Step(
            "Address",
            "0x and the hex of BLAKE2b-256( flag ‖ public key )",
            List.of(Value.bytes("preimage", preimage), Value.text("address", envelope.address()))),
        new Step("Signature", "over the 32 bytes of the hash", message));
  }

  private static Bytes sha256(Bytes message) {
    try {
      return Bytes.owning(MessageDigest.getInstance("SHA-256").digest(message.toArray()));
    } catch (NoSuchAlgorithmException noSha) {
      throw new IllegalStateException("this JDK has no SHA-256", noSha);
    }
  }
}
