package dev.sealcheck.conformance.vector;

import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Blake2b;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Steps of hashes and of base64. */
final class HashSteps {
  private static final int SLOT_BYTES = 2;

  private HashSteps() {}

  static Step of(VectorCase one) {
    return switch (one.type()) {
      case "HashTest" -> {
        int size = one.integer("digestSize") / 8;
        Bytes hash = Blake2b.digest(one.hex("msg"), size);
        yield compared("BLAKE2b, " + size + " bytes, no key", one.hex("msg"), hash, one, "hash");
      }
      case "Blake3Test" ->
          compared("BLAKE3", one.hex("msg"), KeyBinding.blake3(one.hex("msg")), one, "hash");
      case "GpuNonceTest" -> gpuNonce(one);
      default -> evidencePut(one);
    };
  }

  private static Step gpuNonce(VectorCase one) {
    long challenge;
    try {
      challenge = KeyBinding.parseNonce(one.text("contractNonce"));
    } catch (MalformedAnswer malformed) {
      return new Step(
          "A challenge is 16 lower-case hex digits",
          "docs/ATTESTATION.md section 2",
          List.of(Value.text("challenge", one.text("contractNonce"))));
    }
    Bytes preimage =
        Bytes.concat(
            littleEndian(challenge, Long.BYTES),
            one.hex("publicKey"),
            littleEndian(KeyBinding.DEVICE_SLOT, SLOT_BYTES));
    return compared(
        "BLAKE3( challenge, 8 bytes little-endian ‖ key, 32 ‖ slot 300, 2 bytes little-endian )",
        preimage,
        KeyBinding.blake3(preimage),
        one,
        "gpuNonce");
  }

  private static Step evidencePut(VectorCase one) {
    Bytes preimage =
        Bytes.concat(
            littleEndian(new BigInteger(one.text("nodeSmallId")).longValueExact(), Long.BYTES),
            one.hex("compressedEvidence"));
    return compared(
        "BLAKE2b-256( node id, 8 bytes little-endian ‖ compressed evidence )",
        preimage,
        BodyHash.of(preimage).bytes(),
        one,
        "hash");
  }

  private static Step compared(
      String rule, Bytes preimage, Bytes computed, VectorCase one, String field) {
    Bytes claimed = one.hex(field);
    return new Step(
        "Hash",
        rule,
        List.of(
            Value.bytes("preimage", preimage),
            Value.bytes("computed", computed),
            Value.bytes("claimed", claimed),
            Value.text("equal", computed.equals(claimed) ? "yes" : "no")));
  }

  static Step base64(VectorCase one) {
    List<Value> values = new ArrayList<>();
    values.add(Value.text("text", one.text("text")));
    values.add(Value.bytes("a lenient decoder says", one.hex("bytes")));
    values.add(Value.text("which is written", Base64Text.encode(one.hex("bytes"))));
    if (one.has("size")) {
      values.add(Value.text("the field has", one.integer("size") + " bytes"));
    }
    return new Step("Decode and encode again", "RFC 4648 section 4; equal, or refused", values);
  }

  private static Bytes littleEndian(long number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (number >>> (8 * i));
    }
    return Bytes.owning(bytes);
  }
}
