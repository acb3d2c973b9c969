package dev.sealcheck.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.protocol.vector.VectorCase;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures against vectors/signature. */
class SignatureVectorsTest {

  static List<VectorCase> envelopes() {
    return VectorCase.all("signature", "EnvelopeTest");
  }

  static List<VectorCase> edwards() {
    return VectorCase.all("signature", "EddsaVerify");
  }

  static List<VectorCase> ecdsa() {
    return VectorCase.all("signature", "EcdsaP1363Verify");
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void judgesEveryEnvelope(VectorCase one) {
    BodyHash hash = BodyHash.copyOf(one.hex("hash"));
    assertThat(verdict(one.text("envelope"), hash, one.text("address"))).isEqualTo(one.expected());
    if (one.test().has("secret")) {
      SignatureScheme scheme = SignatureScheme.valueOf(one.text("scheme").toUpperCase(Locale.ROOT));
      SigningKey key = SigningKey.of(scheme, one.hex("secret"));
      assertThat(key.sign(hash).toText()).isEqualTo(one.text("envelope"));
      assertThat(key.address().text()).isEqualTo(one.text("address"));
    }
  }

  private static String verdict(String text, BodyHash hash, String address) {
    SignatureEnvelope envelope;
    try {
      envelope = SignatureEnvelope.parse(text);
    } catch (MalformedMessageException e) {
      return "MALFORMED";
    }
    if (!envelope.address().equals(new Address(address))) {
      return "WRONG_SIGNER";
    }
    return envelope.verifies(hash) ? "valid" : "BAD_SIGNATURE";
  }

  @ParameterizedTest
  @MethodSource("edwards")
  void verifiesEd25519OfAnyMessage(VectorCase one) {
    byte[] key = HexFormat.of().parseHex(one.group().at("/publicKey/pk").textValue());
    assertThat(Ed25519Keys.verify(key, one.hex("msg"), one.hex("sig"))).isEqualTo(one.isValid());
  }

  @ParameterizedTest
  @MethodSource("ecdsa")
  void verifiesEcdsaOfAnyMessageWithALowS(VectorCase one) {
    JsonNode key = one.group().path("publicKey");
    EcdsaCurve curve =
        key.path("curve").textValue().equals("secp256k1")
            ? EcdsaCurve.SECP256K1
            : EcdsaCurve.SECP256R1;
    boolean odd = HexFormat.fromHexDigits(key.path("wy").textValue().substring(63)) % 2 == 1;
    byte[] compressed = HexFormat.of().parseHex((odd ? "03" : "02") + key.path("wx").textValue());
    assertThat(curve.verify(compressed, one.hex("msg"), one.hex("sig"))).isEqualTo(one.isValid());
  }
}
