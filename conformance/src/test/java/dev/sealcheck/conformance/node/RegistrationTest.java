package dev.sealcheck.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SignatureEnvelope;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519Pair;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private final SigningPair signer = SigningPair.generate();
  private final X25519Pair pair = X25519Pair.fresh();
  private final Registration good =
      Registration.of(
          new NodeIdentity(3, signer, "m"), URI.create("http://127.0.0.1:4000"), pair.publicKey());

  @Test
  void isSignedOverItsCompactData() {
    String data =
        "{\"node_small_id\":3,\"public_address\":\"http://127.0.0.1:4000\",\"country\":\"CH\","
            + "\"public_key\":\""
            + pair.publicKey().base64()
            + "\"}";
    assertThat(good.json().toLenientUtf8()).startsWith("{\"data\":" + data + ",\"signature\":\"");
    assertThat(signature(good).verifies(BodyHash.of(Bytes.utf8(data)))).isTrue();
    assertThat(signature(good).address()).isEqualTo(signer.address());
  }

  @Test
  void signsItsChangedData() {
    Registration changed =
        good.withSmallId(9)
            .withAddress("http://h\u00f6st/")
            .with("country", TextNode.valueOf("FR"))
            .without("public_key");
    assertThat(names(changed)).containsExactly("node_small_id", "public_address", "country");
    assertThat(changed.json().toLenientUtf8()).contains("\"http://h\u00f6st/\"");
    assertThat(isValid(changed)).isTrue();
  }

  @Test
  void carriesAValidSignatureOfAnotherPair() {
    SigningPair other = SigningPair.generate();
    assertThat(isValid(good.signedBy(other))).isTrue();
    assertThat(signature(good.signedBy(other)).address()).isEqualTo(other.address());
  }

  @Test
  void canBeForgedAfterItWasSigned() {
    Registration forged = good.forged("public_address", TextNode.valueOf("http://elsewhere"));
    assertThat(forged.json().toLenientUtf8()).contains("http://elsewhere");
    assertThat(isValid(forged)).isFalse();
    assertThat(isValid(good)).isTrue();
  }

  @Test
  void canHaveAnyOrNoSignature() {
    assertThat(message(good.withSignature("*")).path("signature").textValue()).isEqualTo("*");
    assertThat(message(good.unsigned()).has("signature")).isFalse();
  }

  @Test
  void refusesToLeaveOutWhatItDoesNotHave() {
    assertThatIllegalArgumentException().isThrownBy(() -> good.without("port"));
    assertThatIllegalArgumentException().isThrownBy(() -> new NodeIdentity(0, signer, "m"));
    assertThatIllegalArgumentException().isThrownBy(() -> new NodeIdentity(1, signer, ""));
  }

  private static boolean isValid(Registration registration) {
    Bytes data = StrictJson.write(message(registration).get("data"));
    return signature(registration).verifies(BodyHash.of(data));
  }

  private static SignatureEnvelope signature(Registration registration) {
    return SignatureEnvelope.parse(message(registration).path("signature").textValue());
  }

  private static List<String> names(Registration registration) {
    return message(registration).get("data").properties().stream().map(Map.Entry::getKey).toList();
  }

  private static ObjectNode message(Registration registration) {
    return StrictJson.parseObject(registration.json());
  }
}
