package dev.sealcheck.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.node.enclave.Enclave;
import dev.sealcheck.protocol.crypto.AgreementKeyPair;
import dev.sealcheck.protocol.crypto.SealingKey;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.Salt;
import dev.sealcheck.protocol.wire.SealedMessage;
import dev.sealcheck.protocol.wire.StrictJson;
import java.security.SecureRandom;

/** A client that seals to one enclave and checks all it can of the answers. */
final class SealingClient {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Enclave enclave;

  SealingClient(Enclave enclave) {
    this.enclave = enclave;
  }

  /** A change of an envelope, after it was sealed. */
  interface Tampering {
    void apply(ObjectNode envelope) throws Exception;
  }

  /** A sealed request, whose envelope may still be changed, and what opens its answer. */
  static final class Sealed {
    private final ObjectNode envelope = StrictJson.newObject();
    private final String signer;
    private final SealingKey key;
    private final BodyHash hash;
    private long events;

    private Sealed(String signer, SealingKey key, BodyHash hash) {
      this.signer = signer;
      this.key = key;
      this.hash = hash;
    }

    ObjectNode envelope() {
      return envelope;
    }

    byte[] json() {
      return StrictJson.write(envelope);
    }

    BodyHash hash() {
      return hash;
    }

    /** The plaintext of a whole answer, or of the next event of a stream. */
    String open(byte[] json, boolean last) throws Exception {
      SealedMessage message = SealedMessage.parse(json);
      byte[] plaintext = key.open(message.nonce(), message.ciphertext());
      assertThat(message.responseHash()).isEqualTo(Blake2b256.of(plaintext));
      SignatureEnvelope signature = SignatureEnvelope.parse(message.signature());
      assertThat(signature.verifies(message.responseHash())).isTrue();
      assertThat(signature.address().text()).isEqualTo(signer);
      ObjectNode object = StrictJson.parseObject("answer", plaintext);
      assertThat(message.usage().orElse(null)).isEqualTo(object.get("usage"));
      JsonNode seal = object.get("seal");
      assertThat(seal.get("seq").longValue()).isEqualTo(events++);
      assertThat(seal.get("final").booleanValue()).isEqualTo(last);
      assertThat(seal.get("request_hash").textValue()).isEqualTo(hash.bytes().toBase64());
      return new String(plaintext, UTF_8);
    }

    /** The same without the {@code seal} that must be its last key. */
    String openWithoutSeal(byte[] json, boolean last) throws Exception {
      String plaintext = open(json, last);
      int seal = plaintext.lastIndexOf(",\"seal\":{");
      assertThat(plaintext.indexOf('}', seal)).isEqualTo(plaintext.length() - 2);
      return plaintext.substring(0, seal) + "}";
    }
  }

  /** Seals a body as it is, with an envelope that says the same of model and stream. */
  Sealed seal(byte[] body, String model, boolean stream) throws Exception {
    AgreementKeyPair pair = AgreementKeyPair.generate(RANDOM);
    Salt salt = Salt.copyOf(random(Salt.SIZE_IN_BYTES));
    Nonce nonce = Nonce.copyOf(random(Nonce.SIZE_IN_BYTES));
    SealingKey key = pair.derive(enclave.publicKey(), salt);
    Sealed sealed = new Sealed(enclave.address(), key, Blake2b256.of(body));
    sealed
        .envelope()
        .put("ciphertext", Base64Text.encode(key.seal(nonce, body).lend()))
        .put("client_dh_public_key", pair.publicKey().bytes().toBase64())
        .put("node_dh_public_key", enclave.publicKey().bytes().toBase64())
        .put("nonce", nonce.bytes().toBase64())
        .put("salt", salt.bytes().toBase64())
        .put("plaintext_body_hash", sealed.hash().bytes().toBase64())
        .put("stack_small_id", 1)
        .put("model_name", model)
        .put("stream", stream);
    return sealed;
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
