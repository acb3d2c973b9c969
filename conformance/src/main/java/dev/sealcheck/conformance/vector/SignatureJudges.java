package dev.sealcheck.conformance.vector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.SignatureEnvelope;
import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.SigningPair;
import java.math.BigInteger;

/** Signatures of the three schemes (docs/PROTOCOL.md section 5). */
final class SignatureJudges {
  private static final String BAD = "BAD_SIGNATURE";
  private static final int SCALAR_BYTES = 32;

  /** SEC 2 sections 2.4.1 and 2.4.2. */
  private static final BigInteger SECP256K1_ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private static final BigInteger SECP256R1_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private SignatureJudges() {}

  static Finding eddsa(VectorCase one) throws OutOfScope {
    JsonNode key = one.group().path("publicKey");
    if (!key.path("curve").asText().equals("edwards25519")) {
      throw new OutOfScope("curves other than edwards25519");
    }
    Bytes publicKey = Bytes.hex(key.path("pk").asText());
    return Finding.when(
        SignatureScheme.ED25519.verifies(publicKey, one.hex("msg"), one.hex("sig")), BAD);
  }

  static Finding ecdsa(VectorCase one) throws OutOfScope {
    if (!one.text("sha").equals("SHA-256")) {
      throw new OutOfScope("ECDSA with another hash than SHA-256");
    }
    JsonNode key = one.group().path("publicKey");
    String curve = key.path("curve").asText();
    if (!curve.equals("secp256k1") && !curve.equals("secp256r1")) {
      throw new OutOfScope("ECDSA on curves other than secp256k1 and secp256r1");
    }
    boolean k1 = curve.equals("secp256k1");
    Bytes signature = one.hex("sig");
    SignatureScheme scheme = k1 ? SignatureScheme.SECP256K1 : SignatureScheme.SECP256R1;
    Bytes publicKey = compressed(Bytes.hex(key.path("uncompressed").asText()));
    Finding finding = Finding.when(scheme.verifies(publicKey, one.hex("msg"), signature), BAD);
    BigInteger order = k1 ? SECP256K1_ORDER : SECP256R1_ORDER;
    return hasHighS(signature, order)
        ? finding.decided(BAD, "s above half of the order is refused: docs/PROTOCOL.md section 5")
        : finding;
  }

  private static boolean hasHighS(Bytes signature, BigInteger order) {
    return signature.length() == 2 * SCALAR_BYTES
        && new BigInteger(1, signature.slice(SCALAR_BYTES, 2 * SCALAR_BYTES).toArray())
                .compareTo(order.shiftRight(1))
            > 0;
  }

  private static Bytes compressed(Bytes uncompressed) {
    boolean odd = (uncompressed.at(uncompressed.length() - 1) & 1) == 1;
    return Bytes.concat(Bytes.hex(odd ? "03" : "02"), uncompressed.slice(1, 1 + SCALAR_BYTES));
  }

  static Finding envelope(VectorCase one) {
    BodyHash hash = new BodyHash(one.hex("hash"));
    SignatureEnvelope envelope;
    try {
      envelope = SignatureEnvelope.parse(one.text("envelope"));
    } catch (MalformedAnswer malformed) {
      return Finding.of("MALFORMED");
    }
    if (!envelope.address().equals(one.text("address"))) {
      return Finding.of("WRONG_SIGNER");
    }
    if (!envelope.verifies(hash)) {
      return Finding.of(BAD);
    }
    if (one.has("secret") && envelope.scheme() == SignatureScheme.ED25519) {
      SigningPair signer = SigningPair.ofInsecureKnownSeed(one.hex("secret"));
      return Finding.when(
          signer.sign(hash).base64().equals(one.text("envelope")), "another signature");
    }
    return Finding.valid();
  }
}
